namespace Truebit.Packaging;

/// <summary>CHANGELOG.md: a heading <c>## VERSION</c>, with what is new in it below.</summary>
internal static class Changelog
{
    /// <summary>What is written of one version, without its heading.</summary>
    public static string NotesOf(string path, string version)
    {
        string notes = string.Join('\n', File.ReadLines(path)
            .SkipWhile(line => !IsHeadingOf(line, version))
            .Skip(1)
            .TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))).Trim();
        return notes.Length > 0 ? notes : throw new PackagingException($"{path} says nothing of version {version}: it needs a heading '## {version}' with text below.");
    }

    /// <summary>The version may be followed by a date.</summary>
    private static bool IsHeadingOf(string line, string version) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["##", string heading, ..] && heading == version;
}
