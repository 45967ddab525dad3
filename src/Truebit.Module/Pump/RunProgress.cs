using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using Truebit.Invoke;

namespace Truebit.Pump;

/// <summary>PowerShell's progress bar: first shown after a second, and updated at most four times a second.</summary>
internal sealed class RunProgress(PSCmdlet cmdlet, Func<TimeSpan> pauseLeft)
{
    private const int ActivityId = 0x7472;

    /// <summary>The rate that is shown is that of this many updates: five seconds.</summary>
    private const int RatedUpdates = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly string _activity = cmdlet.MyInvocation.MyCommand.Name;
    private readonly bool _isWatched = IsWatched(cmdlet.Host);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Queue<(TimeSpan At, int Done)> _recent = new();
    private TimeSpan _next = Patience;
    private bool _isShown;

    /// <summary>How many rows there will be; null if that is not known.</summary>
    public int? Total { get; set; }

    /// <summary>Updates the bar, if it is time to.</summary>
    public void Update(RunTally tally, int running)
    {
        if (!_isWatched || _clock.Elapsed < _next)
        {
            return;
        }

        _next = _clock.Elapsed + Interval;
        _isShown = true;
        string ends = CountedWords.Join(
            (tally.Success, "Success"), (tally.Error, "Error"), (tally.Indeterminate, "Indeterminate"), (tally.Failed, "failed"), (tally.Unknown, "unknown"),
            (tally.NotSent, "not sent"), (running, "running"));
        string gas = tally.Gas is GasMeter meter ? $", about {meter.Used:0.####} gas" : "";
        TimeSpan pause = pauseLeft();
        string waits = pause > TimeSpan.Zero ? $"; the hub asked for a pause, which ends in {Math.Ceiling(pause.TotalSeconds)} s" : "";
        ProgressRecord record = new(
            ActivityId, _activity, $"{(ends.Length > 0 ? ends : "nothing yet")}, {Rate(tally):0.#} a second, {_clock.Elapsed:hh\\:mm\\:ss}{gas}{waits}");
        if (Total is int total and > 0 && tally.Ended is int ended && ended <= total)
        {
            record.PercentComplete = (int)(100L * ended / total);

            // What comes from the journal takes no time, and says nothing of the rest.
            int timed = ended - tally.Replayed;
            double left = (total - ended) * _clock.Elapsed.TotalSeconds / Math.Max(timed, 1);
            record.SecondsRemaining = timed > 0 && left < int.MaxValue ? (int)left : -1;
        }

        cmdlet.WriteProgress(record);
    }

    /// <summary>The rate since the last update but a few: results from the journal do not count.</summary>
    private double Rate(RunTally tally)
    {
        _recent.Enqueue((_clock.Elapsed, tally.Written - tally.Replayed));
        while (_recent.Count > RatedUpdates)
        {
            _recent.Dequeue();
        }

        (TimeSpan since, int before) = _recent.Count > 1 ? _recent.Peek() : (TimeSpan.Zero, 0);
        return (tally.Written - tally.Replayed - before) / (_clock.Elapsed - since).TotalSeconds;
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
