using System.Diagnostics;

namespace Truebit.Invoke;

/// <summary>Counts what became of the rows of a command. Pipeline thread only.</summary>
internal sealed class RunTally
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Rows handed to the workers.</summary>
    public int Submitted { get; set; }

    /// <summary>Written results, including running ones of -Async.</summary>
    public int Written { get; set; }

    /// <summary>Results from the journal, without the hub.</summary>
    public int Replayed { get; set; }

    /// <summary>Rows that ended with an error, except those below.</summary>
    public int Failed { get; set; }

    /// <summary>Rows whose outcome is unknown: they may have been executed.</summary>
    public int Unknown { get; set; }

    /// <summary>Rows held back or left for another run.</summary>
    public int NotSent { get; set; }

    /// <summary>Rows of other shards; they are not included above.</summary>
    public int OtherShards { get; set; }

    /// <summary>All rows that have ended.</summary>
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
