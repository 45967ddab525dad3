using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using Truebit.Invoke;

namespace Truebit.Pump;

/// <summary>PowerShell's progress bar: first shown after a second, and updated at most four times a second.</summary>
internal sealed class RunProgress(PSCmdlet cmdlet)
{
    private const int ActivityId = 0x7472;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly string _activity = cmdlet.MyInvocation.MyCommand.Name;
    private readonly bool _isWatched = IsWatched(cmdlet.Host);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Patience;
    private bool _isShown;

    /// <summary>Updates the bar, if it is time to.</summary>
    public void Update(RunTally tally, int running)
    {
        if (!_isWatched || _clock.Elapsed < _next)
        {
            return;
        }

        _next = _clock.Elapsed + Interval;
        _isShown = true;
        int failed = tally.Failed + tally.Unknown;
        string failures = failed > 0 ? $", {failed} failed" : "";
        cmdlet.WriteProgress(new ProgressRecord(
            ActivityId, _activity, $"{tally.Written} done{failures}, {running} running, {tally.Ended / _clock.Elapsed.TotalSeconds:0.#} a second"));
    }

    /// <summary>Removes the bar.</summary>
    public void Complete()
    {
        if (_isShown)
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    /// <summary>A bar in a log is useless and slow (on 5.1, other modules ran 13 times slower with one).</summary>
    private static bool IsWatched(PSHost host)
    {
        bool isConsole = host.Name == "ConsoleHost";
        bool isAlone = !Environment.UserInteractive
            || Environment.GetCommandLineArgs().Any(static argument => argument.StartsWith("-noni", StringComparison.OrdinalIgnoreCase));
        return host.UI is not null && !isAlone && !(isConsole && Console.IsOutputRedirected);
    }
}
