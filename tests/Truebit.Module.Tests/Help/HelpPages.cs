using Truebit.Help;

namespace Truebit.Module.Tests.Help;

/// <summary>The pages in docs/, read as the build reads them.</summary>
internal static class HelpPages
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "cmdlets");

    /// <summary>The pages of the cmdlets.</summary>
    public static IReadOnlyDictionary<string, CmdletPage> Cmdlets { get; } =
        Directory.GetFiles(Folder, "*.md").Select(CmdletPage.Read).ToDictionary(static page => page.Name);

    /// <summary>The names of the cmdlets with a page.</summary>
    public static TheoryData<string> Names { get; } = [.. Cmdlets.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The names of the about pages.</summary>
    public static TheoryData<string> Abouts { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "about"), "*.md").Select(static file => Path.GetFileNameWithoutExtension(file)!)];
}
