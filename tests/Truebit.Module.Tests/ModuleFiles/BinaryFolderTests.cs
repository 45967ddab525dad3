using System.Reflection;

namespace Truebit.Module.Tests.ModuleFiles;

public sealed class BinaryFolderTests
{
    private static readonly byte[] EcmaToken = [0xb7, 0x7a, 0x5c, 0x56, 0x19, 0x34, 0xe0, 0x89];
    private static readonly byte[] MicrosoftToken = [0xb0, 0x3f, 0x5f, 0x7f, 0x11, 0xd5, 0x0a, 0x3a];
    private static readonly byte[] OpenToken = [0xcc, 0x7b, 0x13, 0xff, 0xcd, 0x2d, 0xdd, 0x51];

    /// <summary>
    /// What .NET Framework 4.7.2 itself has, and the highest version of it, by its reference assemblies; only what the
    /// folder asks for. Windows PowerShell has System.Management.Automation, 3.0.0.0 since version 3.
    /// </summary>
    private static readonly Dictionary<string, Version> Framework = new()
    {
        ["mscorlib"] = new(4, 0, 0, 0),
        ["netstandard"] = new(2, 0, 0, 0),
        ["System"] = new(4, 0, 0, 0),
        ["System.Core"] = new(4, 0, 0, 0),
        ["System.IO.Compression"] = new(4, 2, 0, 0),
        ["System.Net.Http"] = new(4, 2, 0, 0),
        ["System.Numerics"] = new(4, 0, 0, 0),
        ["System.Runtime"] = new(4, 1, 2, 0),
        ["System.Xml"] = new(4, 0, 0, 0),
        ["System.Management.Automation"] = new(3, 0, 0, 0),
    };

    /// <summary>The framework's own is older; the module's AssemblyResolve handler answers with it (docs/design.md, "Loading").</summary>
    private const string Unified = "System.ValueTuple";

    [Fact]
    public void The_Desktop_folder_is_closed_by_its_references()
    {
        string[] files = Binaries.Files("Desktop");
        Dictionary<string, Version> neighbours = files.Select(Binaries.Name).ToDictionary(static name => name.Name!, static name => name.Version!);

        string[] open =
        [
            .. files.SelectMany(file => Binaries.References(file).Select(reference => (File: Path.GetFileName(file), Reference: reference)))
                .Where(pair => !IsMet(pair.Reference, neighbours))
                .Select(static pair => $"{pair.File} asks for {pair.Reference.Name} {pair.Reference.Version}"),
        ];

        Assert.NotEmpty(files);
        Assert.Empty(open);
    }

    [Fact]
    public void Every_assembly_in_the_Desktop_folder_is_asked_for()
    {
        string[] files = Binaries.Files("Desktop");
        HashSet<string> wanted = [.. files.SelectMany(Binaries.References).Select(static reference => reference.Name!), "Truebit.Module"];

        Assert.All(files, file => Assert.Contains(Path.GetFileNameWithoutExtension(file), wanted));
    }

    [Fact]
    public void The_Desktop_folder_hides_no_assembly_of_the_framework()
    {
        Assert.DoesNotContain(Binaries.Files("Desktop"), file => Framework.ContainsKey(Path.GetFileNameWithoutExtension(file)));
    }

    [Fact]
    public void The_Core_folder_has_only_the_modules_own_assemblies_and_those_for_proofs_and_manifests()
    {
        string[] files = [.. Binaries.Files("Core").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

        Assert.Equal(
            [
                "BouncyCastle.Cryptography.dll", "Truebit.Client.dll",
                "Truebit.Manifest.dll", "Truebit.Module.dll", "Truebit.Proof.dll", "Truebit.Sandbox.dll", "YamlDotNet.dll",
            ],
            files);
    }

    [Fact]
    public void What_PowerShell_7_loads_where_other_modules_are_uses_no_package()
    {
        // ModuleAssemblies loads these two apart from all others, with their packages.
        string[] apart = ["Truebit.Proof", "Truebit.Manifest"];
        string[] all = [.. Binaries.Files("Core").Select(static file => Path.GetFileNameWithoutExtension(file))];
        ILookup<bool, string> references = Binaries.Files("Core").Where(static file => Path.GetFileName(file).StartsWith("Truebit.", StringComparison.Ordinal))
            .SelectMany(file => Binaries.References(file).Select(reference => (IsApart: apart.Contains(Path.GetFileNameWithoutExtension(file)), Name: reference.Name!)))
            .Where(pair => all.Contains(pair.Name))
            .ToLookup(static pair => pair.IsApart, static pair => pair.Name);

        Assert.NotEmpty(references[false]);
        Assert.All(references[false], static name => Assert.StartsWith("Truebit.", name));

        // What is apart knows none of the others, which would be loaded a second time.
        Assert.NotEmpty(references[true]);
        Assert.DoesNotContain(references[true], static name => name.StartsWith("Truebit.", StringComparison.Ordinal));
    }

    [Fact]
    public void No_assembly_of_the_Core_folder_asks_for_a_newer_runtime()
    {
        // PowerShell 7.4 runs on .NET 8.
        Assert.All(
            Binaries.Files("Core").SelectMany(Binaries.References).Where(static reference => reference.Name!.StartsWith("System.", StringComparison.Ordinal)),
            static reference => Assert.True(reference.Version!.Major <= 8, $"{reference.Name} {reference.Version}"));
    }

    [Theory]
    [InlineData("Desktop")]
    [InlineData("Core")]
    public void Only_the_module_and_no_other_assembly_of_it_knows_PowerShell(string edition)
    {
        string[] knowing =
        [
            .. Binaries.Files(edition)
                .Where(static file => Binaries.References(file).Any(static reference => reference.Name == "System.Management.Automation"))
                .Select(static file => Path.GetFileName(file)),
        ];

        Assert.Equal(["Truebit.Module.dll"], knowing);
    }

    private static bool IsMet(AssemblyName reference, Dictionary<string, Version> neighbours)
    {
        if (neighbours.TryGetValue(reference.Name!, out Version? lies))
        {
            return lies == reference.Version;
        }

        byte[] token = reference.GetPublicKeyToken() ?? [];
        bool isMicrosofts = token.AsSpan().SequenceEqual(EcmaToken) || token.AsSpan().SequenceEqual(MicrosoftToken) || token.AsSpan().SequenceEqual(OpenToken);
        return reference.Name is Unified
            || (Framework.TryGetValue(reference.Name!, out Version? has) && reference.Version <= has && (isMicrosofts || reference.Name == "System.Management.Automation"));
    }
}
