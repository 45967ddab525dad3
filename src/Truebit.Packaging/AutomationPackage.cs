using System.IO.Compression;

namespace Truebit.Packaging;

/// <summary>
/// Azure Automation's package, by its rules for modules: the zip, the one folder in it and the manifest have the same name, and
/// no path is 140 characters long or longer.
/// </summary>
internal static class AutomationPackage
{
    private const int MaxPathLength = 139;

    /// <summary>Writes it, and returns its path.</summary>
    public static string Write(ModuleFolder module, string output)
    {
        string path = Path.Combine(output, module.Name + ".zip");
        using ZipArchive zip = new(File.Create(path), ZipArchiveMode.Create);
        foreach (ModuleFile file in module.Files)
        {
            string name = $"{module.Name}/{file.Name}";
            if (name.Length > MaxPathLength)
            {
                throw new PackagingException($"Azure Automation takes no path of {name.Length} characters: {name}");
            }

            ZipArchiveEntry entry = zip.CreateEntry(name);
            entry.LastWriteTime = ModuleFolder.Written;
            using Stream to = entry.Open();
            using FileStream from = File.OpenRead(file.Path);
            from.CopyTo(to);
        }

        return path;
    }
}
