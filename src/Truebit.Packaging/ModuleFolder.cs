namespace Truebit.Packaging;

/// <summary>The built module: its manifest, and its files in an order that is the same everywhere.</summary>
internal sealed record ModuleFolder(ModuleManifest Manifest, IReadOnlyList<ModuleFile> Files)
{
    /// <summary>The time of all files in the packages, the first that a zip can tell: when a file was built is no part of the module.</summary>
    public static DateTimeOffset Written { get; } = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The module's name, which is also that of its folder.</summary>
    public string Name => Manifest.Name;

    public static ModuleFolder Read(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string manifest = Path.Combine(folder, name + ".psd1");
        if (!File.Exists(manifest))
        {
            throw new PackagingException($"There is no built module in '{folder}': it has no {name}.psd1.");
        }

        return new ModuleFolder(
            ModuleManifest.Read(manifest),
            [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => new ModuleFile(file, Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')))
                .OrderBy(static file => file.Name, StringComparer.Ordinal)]);
    }
}

/// <summary>A file of the module; <see cref="Name"/> is its path in the module, with forward slashes.</summary>
internal sealed record ModuleFile(string Path, string Name);
