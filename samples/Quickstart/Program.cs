namespace Truebit.Quickstart;

/// <summary>Shows what <c>pwsh -File SCRIPT</c> would show, where only the .NET SDK is installed.</summary>
internal static class Program
{
    private const int NoSuchScript = 64;

    private static int Main(string[] args)
    {
        // The engine reads this when it is loaded: a sample does not phone home.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        string script = args.Length > 0 ? Path.GetFullPath(args[0]) : Path.Combine(RepositoryRoot(), "samples", "quickstart.ps1");
        if (!File.Exists(script))
        {
            Console.Error.WriteLine($"There is no script '{script}'.");
            return NoSuchScript;
        }

        using var runner = new ScriptRunner();
        return runner.Run(script);
    }

    private static string RepositoryRoot()
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
