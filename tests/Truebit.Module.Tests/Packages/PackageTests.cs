using System.IO.Compression;
using System.Xml.Linq;

namespace Truebit.Module.Tests.Packages;

/// <summary>The packages of the built module, as the gallery and Azure Automation get them.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly PackagingTool _packages = new();

    public void Dispose() => _packages.Dispose();

    [Fact]
    public void Made_twice_they_are_the_same_to_the_byte()
    {
        using PackagingTool again = new();

        _packages.Run();
        foreach (string file in Directory.GetFiles(Repository.ModuleFolder))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        }

        again.Run();

        Assert.Equal(File.ReadAllBytes(_packages.Gallery), File.ReadAllBytes(again.Gallery));
        Assert.Equal(File.ReadAllBytes(_packages.Automation), File.ReadAllBytes(again.Automation));
    }

    [Fact]
    public void Both_hold_the_built_module_and_nothing_else()
    {
        _packages.Run();
        Dictionary<string, byte[]> module = Directory.GetFiles(Repository.ModuleFolder, "*", SearchOption.AllDirectories).ToDictionary(
            static file => Path.GetRelativePath(Repository.ModuleFolder, file).Replace('\\', '/'), File.ReadAllBytes);
        Dictionary<string, byte[]> zip = Entries(_packages.Automation);
        Dictionary<string, byte[]> nupkg = Entries(_packages.Gallery);

        Assert.Contains("LICENSE", module.Keys);
        Assert.Equal(module.ToDictionary(static file => "Truebit/" + file.Key, static file => file.Value), zip);
        Assert.Equal(
            ["Truebit.nuspec", "[Content_Types].xml", "_rels/.rels", "package/services/metadata/core-properties/nuget.psmdcp"],
            nupkg.Keys.Except(module.Keys).Order(StringComparer.Ordinal));
        Assert.Equal(module, nupkg.Where(entry => module.ContainsKey(entry.Key)).ToDictionary());
    }

    [Fact]
    public void The_zips_paths_are_short_enough_for_Azure_Automation()
    {
        _packages.Run();

        Assert.All(Entries(_packages.Automation).Keys, static name => Assert.InRange(name.Length, 1, 139));
    }

    [Fact]
    public void The_gallery_is_told_what_the_manifest_and_the_changelog_say()
    {
        _packages.Run();
        XElement metadata = XDocument.Load(new MemoryStream(Entries(_packages.Gallery)["Truebit.nuspec"])).Root!.Elements().Single();
        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        string[] tags = Of("tags").Split(' ');

        Assert.Equal(("Truebit", PackagingTool.Version), (Of("id"), Of("version")));
        Assert.Contains($"## {PackagingTool.Version}\n\n{Of("releaseNotes")}\n", File.ReadAllText(Repository.Changelog), StringComparison.Ordinal);
        Assert.All(["authors", "description", "copyright", "licenseUrl"], name => Assert.NotEmpty(Of(name)));
        Assert.All(
            ["PSModule", "PSEdition_Core", "PSEdition_Desktop", "PSIncludes_Cmdlet", "PSCmdlet_Invoke-TruebitTask", "PSCommand_Invoke-TruebitTask"],
            tag => Assert.Contains(tag, tags));
        Assert.Equal(tags.Distinct(), tags);
    }

    [Fact]
    public void A_version_without_release_notes_is_not_packed()
    {
        string changelog = Path.Combine(_packages.Output, "CHANGELOG.md");
        File.WriteAllText(changelog, $"# Changelog\n\n## {PackagingTool.Version}\n\n## 0.0.9\n\nOlder.\n");

        (int exitCode, string errors) = _packages.Try(Repository.ModuleFolder, changelog);

        Assert.Equal(1, exitCode);
        Assert.Contains($"'## {PackagingTool.Version}'", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_packages.Gallery));
    }

    [Fact]
    public void A_path_that_Azure_Automation_does_not_take_is_named()
    {
        string module = Path.Combine(_packages.Output, "Truebit");
        string longName = new string('a', 131) + ".txt";
        Directory.CreateDirectory(module);
        File.Copy(Repository.Manifest, Path.Combine(module, "Truebit.psd1"));
        File.WriteAllText(Path.Combine(module, longName), "");

        (int exitCode, string errors) = _packages.Try(module, Repository.Changelog);

        Assert.Equal(1, exitCode);
        Assert.Contains($"143 characters: Truebit/{longName}", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_quickstart_runs_from_an_unpacked_package(bool gallery)
    {
        // As it lies in the repository, so that the script's own path to the module leads to the unpacked one.
        _packages.Run();
        string modules = Path.Combine(_packages.Output, "out");
        string samples = Directory.CreateDirectory(Path.Combine(_packages.Output, "samples")).FullName;
        ZipFile.ExtractToDirectory(gallery ? _packages.Gallery : _packages.Automation, gallery ? Path.Combine(modules, "Truebit") : modules);
        foreach (string name in new[] { "quickstart.ps1", "orders.csv" })
        {
            File.Copy(Path.Combine(Repository.Samples, name), Path.Combine(samples, name));
        }

        using ScriptHost host = new(
            $$"""
            $ErrorActionPreference = 'Continue'
            Import-Module Truebit -ErrorAction Stop
            (Get-Module Truebit).ModuleBase
            . '{{Path.Combine(samples, "quickstart.ps1")}}'
            """,
            new Dictionary<string, string> { ["PSModulePath"] = modules });
        await host.RunAsync(TestContext.Current.CancellationToken);
        string output = await host.Output;

        Assert.StartsWith(Path.Combine(modules, "Truebit"), output, StringComparison.Ordinal);
        Assert.Contains("Order 1 is placed, for 7 pieces.", output, StringComparison.Ordinal);
        Assert.Contains("5. The sandbox keeps count", output, StringComparison.Ordinal);
    }

    private static Dictionary<string, byte[]> Entries(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        return zip.Entries.ToDictionary(static entry => entry.FullName, static entry =>
        {
            using MemoryStream content = new();
            using Stream stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }
}
