using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using Truebit.Module.Tests.Hosting;
using Truebit.Quickstart;

namespace Truebit.Module.Tests.Help;

/// <summary>A fresh runspace of the engine from NuGet with the built module in it, as a user of the help has it.</summary>
internal sealed class HelpRunspace : IDisposable
{
    private readonly Runspace _runspace;

    public HelpRunspace()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Import-Csv", typeof(ImportCsvCommand), helpFileName: null));
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        Run("Import-Module $args[0]", Repository.Manifest);
    }

    /// <summary>Runs a script that must not fail.</summary>
    public IReadOnlyList<PSObject> Run(string script, params object[] arguments)
    {
        (IReadOnlyList<PSObject> output, IReadOnlyList<string> errors) = Try(script, arguments);
        return errors.Count == 0 ? output : throw new InvalidOperationException($"'{script}' failed: {string.Join(", ", errors)}");
    }

    /// <summary>Runs a script; its errors come back by their ids, whether they ended it or not.</summary>
    public (IReadOnlyList<PSObject> Output, IReadOnlyList<string> Errors) Try(string script, params object[] arguments)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script, useLocalScope: false);
        Array.ForEach(arguments, argument => shell.AddArgument(argument));
        PSDataCollection<PSObject> output = [];
        List<ErrorRecord> errors = [];
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            errors.Add(e.ErrorRecord);
        }

        errors.AddRange(shell.Streams.Error);
        return ([.. output], [.. errors.Select(static error => error.FullyQualifiedErrorId.Split(',')[0])]);
    }

    public void Dispose() => _runspace.Dispose();
}
