using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.ModuleFiles;

public sealed class ManifestTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_that_reflection_finds()
    {
        string[] exported = Names(((object[])Manifest()["CmdletsToExport"]!).Cast<string>());
        string[] imported = Names(Cmdlets().Select(static cmdlet => cmdlet.Name));
        string[] found = Names(ModuleAssembly().GetTypes()
            .Select(static type => type.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Select(static attribute => $"{attribute.VerbName}-{attribute.NounName}"));

        Assert.NotEmpty(found);
        Assert.Equal(found, exported);
        Assert.Equal(found, imported);
    }

    [Fact]
    public void Nothing_but_cmdlets_is_exported()
    {
        EngineRun run = _engine.Ok("(Get-Module Truebit).ExportedCommands.Values.CommandType; (Get-Module Truebit).ExportedVariables.Keys");

        Assert.All(run.Output, static item => Assert.Equal(CommandTypes.Cmdlet, item.BaseObject));
    }

    [Fact]
    public void Importing_warns_of_nothing()
    {
        using Engine fresh = new(import: false);

        EngineRun run = fresh.Ok(Engine.Import);

        // An unapproved verb would be warned of.
        Assert.Empty(run.Warnings);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Every_cmdlet_says_what_it_writes() =>
        Assert.All(Cmdlets(), static cmdlet => Assert.NotEmpty(cmdlet.ImplementingType.GetCustomAttributes<OutputTypeAttribute>()));

    [Fact]
    public void Every_cmdlet_is_sealed() =>
        Assert.All(Cmdlets(), static cmdlet => Assert.True(cmdlet.ImplementingType.IsSealed, cmdlet.Name));

    [Fact]
    public void What_costs_money_has_WhatIf_and_Confirm_and_does_not_prompt_by_itself()
    {
        CmdletAttribute attribute = Cmdlets().Single(static cmdlet => cmdlet.Name == "Invoke-TruebitTask").ImplementingType.GetCustomAttribute<CmdletAttribute>()!;

        Assert.True(attribute.SupportsShouldProcess);
        Assert.Equal(ConfirmImpact.Medium, attribute.ConfirmImpact);
    }

    [Fact]
    public void Every_cmdlet_that_talks_to_the_hub_takes_key_vault_endpoint_and_session()
    {
        CmdletInfo[] talking = [.. Cmdlets().Where(static cmdlet => cmdlet.Name is "Invoke-TruebitTask" or "Get-TruebitExecution" or "Wait-TruebitExecution" or "Get-TruebitTranscript" or "Get-TruebitInvoice")];

        Assert.Equal(5, talking.Length);
        Assert.All(talking, static cmdlet => Assert.All(
            ["ApiKey", "SecretName", "Vault", "Endpoint", "Session"],
            parameter => Assert.Contains(parameter, cmdlet.Parameters.Keys)));
    }

    [Theory]
    [InlineData("Desktop")]
    [InlineData("Core")]
    public void The_manifests_version_is_that_of_every_assembly(string edition)
    {
        Version version = Version.Parse((string)Manifest()["ModuleVersion"]!);
        string[] own = [.. Binaries.Files(edition).Where(static file => Path.GetFileName(file).StartsWith("Truebit.", StringComparison.Ordinal))];

        Assert.NotEmpty(own);
        Assert.All(own, file => Assert.Equal(new Version(version.Major, version.Minor, version.Build, 0), Binaries.Name(file).Version));
    }

    [Fact]
    public void Both_editions_are_there()
    {
        Hashtable manifest = Manifest();

        Assert.Equal(["Desktop", "Core"], ((object[])manifest["CompatiblePSEditions"]!).Cast<string>());
        Assert.Equal("5.1", manifest["PowerShellVersion"]);
        Assert.True(File.Exists(Path.Combine(Repository.ModuleFolder, (string)manifest["RootModule"]!)));
        Assert.All(["Desktop", "Core"], static edition => Assert.True(File.Exists(Path.Combine(Binaries.Folder(edition), "Truebit.Module.dll"))));
    }

    private static Hashtable Manifest() =>
        (Hashtable)Parser.ParseFile(Repository.Manifest, out _, out _).Find(static ast => ast is HashtableAst, searchNestedScriptBlocks: false)!.SafeGetValue();

    private static string[] Names(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private CmdletInfo[] Cmdlets() => [.. _engine.Ok("Get-Command -Module Truebit").Output.Select(static item => (CmdletInfo)item.BaseObject)];

    private Assembly ModuleAssembly() => Cmdlets()[0].ImplementingType.Assembly;
}
