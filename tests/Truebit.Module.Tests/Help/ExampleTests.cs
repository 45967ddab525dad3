using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Truebit.Help;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Help;

/// <summary>
/// Every example of the help is run, each in a runspace of its own that is connected to a sandbox. An example that ends with an
/// error says so in its text: «ErrorId `InvalidInput`». (tests/Pester runs them all in a real shell.)
/// </summary>
public sealed class ExampleTests : IDisposable
{
    /// <summary>What an example finds around it: a sandbox, a vault, and somebody who answers prompts.</summary>
    private const string Prelude = """
        $ExecutionContext.SessionState.Path.SetLocation($args[0])
        New-Module -Name Microsoft.PowerShell.SecretManagement {
            function Get-Secret { [System.Net.NetworkCredential]::new('', 'made-up').SecurePassword }
        } | Import-Module
        function Read-Host { [System.Net.NetworkCredential]::new('', 'made-up').SecurePassword }
        function Get-Credential { [pscredential]::new('user', (Read-Host)) }
        Start-TruebitSandbox | Connect-Truebit
        """;

    private const string InputFile = """
        {
          "namespace": "sandbox", "taskName": "petstore", "executionTimeout": 10000, "async": false,
          "input": { "path": "/store/order", "method": "POST", "body": { "id": 21, "petId": 198772, "shipDate": "2077-08-24T14:15:22Z" } }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-help-");
    private readonly HelpRunspace _runspace = new();

    public static TheoryData<string, string> Examples { get; } = [.. HelpPages.Cmdlets.Values
        .SelectMany(static page => page.Examples.Select(example => (page.Name, example.Title)))];

    public void Dispose()
    {
        _runspace.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_does_what_its_page_says(string cmdlet, string title)
    {
        HelpExample example = HelpPages.Cmdlets[cmdlet].Examples.Single(example => example.Title == title);
        foreach (string sample in (string[])["orders.csv", "petstore.manifest.json"])
        {
            File.Copy(Path.Combine(Repository.Samples, sample), Path.Combine(_folder.FullName, sample));
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "order.input.json"), InputFile);
        _runspace.Run(Prelude, _folder.FullName);
        SkipWhereCommandsAreMissing(example.Code);

        (IReadOnlyList<PSObject> output, IReadOnlyList<string> errors) = _runspace.Try(example.Code);

        IEnumerable<string> announced = example.Remarks
            .SelectMany(static text => Regex.Matches(text, @"ErrorId (\w+)"))
            .Select(static match => match.Groups[1].Value);
        Assert.Equal(announced.Distinct().Order(StringComparer.Ordinal), errors.Distinct().Order(StringComparer.Ordinal));
        if (example.Output is not null && output.Count > 0 && output.All(static item => item.BaseObject is string or ValueType))
        {
            Assert.Equal(example.Output, string.Join("\n", output));
        }
    }

    /// <summary>The engine from NuGet has no Import-Csv and the like. Which examples that concerns is not listed here, but seen.</summary>
    private void SkipWhereCommandsAreMissing(string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors);
        foreach (string name in script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>().Select(static command => command.GetCommandName()).Where(static name => name is not null))
        {
            bool isThere = _runspace.Run("$ExecutionContext.InvokeCommand.GetCommand($args[0], 'All')", name).Any(static found => found is not null);
            Assert.SkipUnless(isThere, $"the engine from NuGet has no {name}");
        }
    }
}
