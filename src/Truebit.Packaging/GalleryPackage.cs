using NuGet.Packaging;
using NuGet.Versioning;

namespace Truebit.Packaging;

/// <summary>
/// The PowerShell Gallery's package: the module's files at the root. Beside the manifest's own tags it has those by which the
/// gallery knows a module and lists and finds its commands.
/// </summary>
internal static class GalleryPackage
{
    /// <summary>Writes it, and returns its path.</summary>
    public static string Write(ModuleFolder module, string releaseNotes, string output)
    {
        ModuleManifest manifest = module.Manifest;
        PackageBuilder package = new(deterministic: true)
        {
            DeterministicTimestamp = ModuleFolder.Written.ToString("o"),
            Id = manifest.Name,
            Version = NuGetVersion.Parse(manifest.Version),
            Description = manifest.Description,
            ReleaseNotes = releaseNotes,
            Copyright = manifest.Copyright,
            LicenseUrl = manifest.LicenseUri,
            ProjectUrl = manifest.ProjectUri,
            IconUrl = manifest.IconUri,
        };
        package.Authors.Add(manifest.Author);
        package.Tags.AddRange(["PSModule", .. manifest.Tags, "PSIncludes_Cmdlet"]);
        package.Tags.AddRange(manifest.Cmdlets.SelectMany(static name => new[] { "PSCmdlet_" + name, "PSCommand_" + name }));
        foreach (ModuleFile file in module.Files)
        {
            package.Files.Add(new PhysicalPackageFile { SourcePath = file.Path, TargetPath = file.Name });
        }

        string path = Path.Combine(output, $"{manifest.Name}.{manifest.Version}.nupkg");
        using FileStream stream = File.Create(path);
        package.Save(stream);
        return path;
    }
}
