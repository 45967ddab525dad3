using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace Truebit.Module.Tests.Hosting;

/// <summary>A runspace of the real engine in this process, with the module imported as users do.</summary>
public sealed class Engine : IDisposable
{
    /// <summary>The key for hubs that take any; the tests look for it where no key may be.</summary>
    public const string Key = "4f6b1c9e-key-of-the-tests";

    public const string Import = "Import-Module $manifest -ErrorAction Stop";

    public Engine(bool import = true, string hostName = "Test host")
    {
        Host = new TestHost(hostName);
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        Runspace = RunspaceFactory.CreateRunspace(Host, state);
        Runspace.Open();
        this["manifest"] = Repository.Manifest;
        if (import)
        {
            Ok(Import);
        }
    }

    public TestHost Host { get; }

    public Runspace Runspace { get; }

    /// <summary>The errors that the session remembers, in whole.</summary>
    public IEnumerable<object> RememberedErrors => ((System.Collections.ArrayList)this["Error"]!).Cast<object>();

    /// <summary>A variable of the session.</summary>
    public object? this[string variable]
    {
        get => Runspace.SessionStateProxy.GetVariable(variable);
        set => Runspace.SessionStateProxy.SetVariable(variable, value);
    }

    /// <summary>Runs a script to its end, whatever that is.</summary>
    public EngineRun Run(string script)
    {
        using RunningScript running = Start(script);
        return running.Wait();
    }

    /// <summary>Runs a script that must not go wrong.</summary>
    public EngineRun Ok(string script)
    {
        EngineRun run = Run(script);
        Assert.Null(run.Ended?.ToString());
        Assert.Empty(run.Errors);
        return run;
    }

    /// <summary>Starts a script.</summary>
    /// <param name="script">The script; it runs in the session's own scope.</param>
    /// <param name="written">Told of each object as it comes out, on the engine's thread.</param>
    public RunningScript Start(string script, Action<PSObject>? written = null) => new(Runspace, script, written);

    /// <summary>What the screen shows of a script's output; 100 columns are there for it.</summary>
    public string[] Show(string script)
    {
        int before = Host.Screen.Text.Length;
        Ok($"{script} | Out-Default");
        return [.. Host.Screen.Text[before..].Split('\n').Select(static line => line.TrimEnd()).Where(static line => line.Length > 0)];
    }

    /// <summary>What Tab offers at the end of a line for a parameter's value.</summary>
    public string[] Complete(string line)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = Runspace;
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches
            .Where(static match => match.ResultType is CompletionResultType.ParameterValue or CompletionResultType.ProviderItem)
            .Select(static match => match.CompletionText)];
    }

    /// <summary>Starts a sandbox, in $sandbox, and connects to it.</summary>
    public Engine ConnectSandbox(string parameters = "")
    {
        Ok($"$sandbox = Start-TruebitSandbox {parameters}; $sandbox | Connect-Truebit");
        return this;
    }

    /// <summary>Connects to a hub of the test, with a key of the test.</summary>
    public Engine Connect(Uri hub, string key = Key)
    {
        this["hub"] = hub;
        this["key"] = key;
        Ok("Connect-Truebit -Endpoint $hub -ApiKey $key");
        return this;
    }

    public void Dispose() => Runspace.Dispose();
}
