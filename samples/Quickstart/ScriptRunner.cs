using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace Truebit.Quickstart;

/// <summary>Runs one script in a runspace of its own, and gives the exit code that pwsh would give.</summary>
internal sealed class ScriptRunner : IDisposable
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    private readonly ConsoleHost _host = new();
    private readonly Runspace _runspace;

    public ScriptRunner()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Import-Csv", typeof(ImportCsvCommand), helpFileName: null));
        if (OperatingSystem.IsWindows())
        {
            // Windows would refuse every .ps1 and .psm1; whoever starts this program has chosen to run its script.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
    }

    public int Run(string path)
    {
        try
        {
            // Dot-sourced as a script block: it runs in the global scope, as in pwsh, and its 'exit N' reaches the host,
            // which it does not when a script is called by its path.
            Show(". $args[0]", Parse(path));
        }
        catch (PipelineStoppedException)
        {
            // Ctrl+C. Who pressed it knows.
        }
        catch (RuntimeException e)
        {
            // Thrown once more under a trap without 'break', the engine shows what ended the script as any other error.
            Show("$ErrorActionPreference = 'Continue'; trap { } throw $args[0]", e.ErrorRecord);
            _host.SetShouldExit(Failed);
        }

        return _host.ExitCode;
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _host.Dispose();
    }

    private static ScriptBlock Parse(string path)
    {
        ScriptBlockAst ast = Parser.ParseFile(path, out _, out ParseError[] errors);
        return errors.Length == 0 ? ast.GetScriptBlock() : throw new ParseException(errors);
    }

    private void Show(string script, object argument)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script, useLocalScope: false).AddArgument(argument);

        // As pwsh does it: errors go down the pipeline too, so that they stand where they happened.
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");

        bool stopping = false;
        void Stop(object? sender, ConsoleCancelEventArgs e)
        {
            // The first Ctrl+C is a request, and finally blocks run. The second ends the process.
            e.Cancel = !stopping;
            stopping = true;
            _host.SetShouldExit(Interrupted);
            shell.BeginStop(null, null);
        }

        Console.CancelKeyPress += Stop;
        try
        {
            shell.Invoke();
        }
        finally
        {
            Console.CancelKeyPress -= Stop;
        }
    }
}
