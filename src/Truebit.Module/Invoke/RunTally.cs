using System.Diagnostics;

namespace Truebit.Invoke;

/// <summary>What has become of the rows of a command so far. Pipeline thread only.</summary>
internal sealed class RunTally
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Rows that were handed to the workers to be sent.</summary>
    public int Submitted { get; set; }

    /// <summary>Results that were written, running ones of -Async included.</summary>
    public int Written { get; set; }

    /// <summary>Results that came from the journal without asking the hub.</summary>
    public int Replayed { get; set; }

    /// <summary>Rows that ended with an error, but for those below.</summary>
    public int Failed { get; set; }

    /// <summary>Rows that may have been executed, and nobody knows.</summary>
    public int Unknown { get; set; }

    /// <summary>Rows that were held back or left for another run.</summary>
    public int NotSent { get; set; }

    /// <summary>Rows that are not of this run's shard; they are not counted among those above.</summary>
    public int OtherShards { get; set; }

    /// <summary>All rows that have come to an end.</summary>
    public int Ended => Written + Failed + Unknown + NotSent;

    /// <summary>Counts a row that ended with an error.</summary>
    public void Count(string errorId)
    {
        Unknown += errorId == Errors.OutcomeUnknown ? 1 : 0;
        NotSent += errorId == Errors.NotSentId ? 1 : 0;
        Failed += errorId is Errors.OutcomeUnknown or Errors.NotSentId ? 0 : 1;
    }

    /// <summary>One line for the end of a run.</summary>
    public override string ToString()
    {
        string replayed = Replayed > 0 ? $" ({Replayed} from the journal)" : "";
        string others = OtherShards > 0 ? $", {OtherShards} in other shards" : "";
        double rate = Written / Math.Max(Elapsed.TotalSeconds, 0.001);
        return $"{Submitted} submitted, {Written} finished{replayed}, {Failed} failed, {Unknown} unknown, {NotSent} not sent{others},"
            + $" in {Elapsed.TotalSeconds:0.0} s, {rate:0.#} a second";
    }
}
