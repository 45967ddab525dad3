using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Truebit.Module.Tests.Hosting;

/// <summary>A script that runs, and can be watched and stopped while it does.</summary>
public sealed class RunningScript : IDisposable
{
    /// <summary>No script of the tests takes this long; one that hangs is stopped.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly PowerShell _shell;
    private readonly IAsyncResult _running;

    public RunningScript(Runspace runspace, string script, Action<PSObject>? written)
    {
        _shell = PowerShell.Create(runspace);

        // Under 'try' an error that ends a statement ends the script, and comes out of EndInvoke.
        _shell.AddScript($"try {{ {script}\n}} catch {{ throw }}");
        Output.DataAdded += (_, added) => written?.Invoke(Output[added.Index]);
        _running = _shell.BeginInvoke<PSObject, PSObject>(null, Output);
    }

    public PSDataCollection<PSObject> Output { get; } = [];

    public bool HasEnded => _running.IsCompleted;

    /// <summary>Does something as soon as a stop was asked for.</summary>
    public void WhenStopping(Action action) => _shell.InvocationStateChanged += (_, change) =>
    {
        if (change.InvocationStateInfo.State == PSInvocationState.Stopping)
        {
            action();
        }
    };

    /// <summary>As Ctrl+C does; gives the time that it took.</summary>
    public TimeSpan Stop()
    {
        Stopwatch watch = Stopwatch.StartNew();
        _shell.Stop();
        return watch.Elapsed;
    }

    /// <summary>Waits for the script's end.</summary>
    public EngineRun Wait()
    {
        if (!_running.AsyncWaitHandle.WaitOne(Limit))
        {
            _shell.Stop();
            throw new TimeoutException($"The script did not end within {Limit.TotalSeconds} s: {_shell.Commands.Commands[0]}");
        }

        ErrorRecord? ended = null;
        try
        {
            _shell.EndInvoke(_running);
        }
        catch (PipelineStoppedException)
        {
            // Stopped by the test.
        }
        catch (RuntimeException e)
        {
            ended = e.ErrorRecord;
        }

        PSDataStreams streams = _shell.Streams;
        return new EngineRun
        {
            Output = [.. Output],
            Errors = [.. streams.Error],
            Ended = ended,
            Warnings = [.. streams.Warning.Select(static record => record.Message)],
            Verbose = [.. streams.Verbose.Select(static record => record.Message)],
            Debug = [.. streams.Debug.Select(static record => record.Message)],
            Information = [.. streams.Information.Select(static record => record.ToString())],
            Progress = [.. streams.Progress],
        };
    }

    public void Dispose() => _shell.Dispose();
}
