namespace Truebit.Rehearsals;

/// <summary>Where things lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The module as users import it.</summary>
    public static string ModuleFolder { get; } = Path.Combine(Root, "out", "Truebit");

    public static string Manifest { get; } = Path.Combine(ModuleFolder, "Truebit.psd1");

    public static string Samples { get; } = Path.Combine(Root, "samples");

    public static string Changelog { get; } = Path.Combine(Root, "CHANGELOG.md");

    /// <summary>Debug or Release, as the tests are.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Truebit.psd1")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' has a Truebit.psd1 in it.");
    }
}
