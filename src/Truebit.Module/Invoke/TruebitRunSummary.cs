using Truebit.Invoke;

namespace Truebit;

/// <summary>What became of the rows of a run, on the information stream at its end; as text, a sentence.</summary>
public sealed class TruebitRunSummary
{
    private readonly string _command;
    private readonly string _gas;

    internal TruebitRunSummary(string command, int rows, int emptyRows, RunTally tally)
    {
        _command = command;
        Rows = rows;
        Success = tally.Success;
        Error = tally.Error;
        Indeterminate = tally.Indeterminate;
        Running = tally.Running;
        Invalid = tally.Invalid;
        Refused = tally.Refused;
        Unknown = tally.Unknown;
        NotSent = tally.NotSent;
        Failed = tally.Failed - tally.Invalid - tally.Refused;
        Empty = emptyRows;
        OtherShards = tally.OtherShards;
        Submitted = tally.Submitted;
        Replayed = tally.Replayed;
        RequestBytes = tally.RequestBytes;
        ResponseBytes = tally.ResponseBytes;
        GasPrice = tally.Gas?.Price;
        EstimatedGas = tally.Gas?.Used;
        _gas = tally.Gas is null ? "" : $", {tally.Gas}";
        Elapsed = tally.Elapsed;
    }

    /// <summary>The rows of the input.</summary>
    public int Rows { get; }

    /// <summary>Executions that ended with Success.</summary>
    public int Success { get; }

    /// <summary>Executions that ended with Error. They are charged.</summary>
    public int Error { get; }

    /// <summary>Executions that ended with Indeterminate, or with a word that is not documented. They are charged.</summary>
    public int Indeterminate { get; }

    /// <summary>Executions that were running when they were written.</summary>
    public int Running { get; }

    /// <summary>Rows that could not be sent: InvalidInput.</summary>
    public int Invalid { get; }

    /// <summary>Rows that the hub refused: InvalidRequest.</summary>
    public int Refused { get; }

    /// <summary>Rows that may have been executed: OutcomeUnknown.</summary>
    public int Unknown { get; }

    /// <summary>Rows that ended with another error.</summary>
    public int Failed { get; }

    /// <summary>Rows that were held back, or left for another run.</summary>
    public int NotSent { get; }

    /// <summary>Rows without any value, which were passed over.</summary>
    public int Empty { get; }

    /// <summary>Rows of other shards.</summary>
    public int OtherShards { get; }

    /// <summary>Rows that were submitted to the hub in this run.</summary>
    public int Submitted { get; }

    /// <summary>Results that came from the journal, without the hub.</summary>
    public int Replayed { get; }

    /// <summary>Bytes that this run's executions sent to their targets, as the hub counts them.</summary>
    public long RequestBytes { get; }

    /// <summary>Bytes that this run's executions received from their targets, as the hub counts them.</summary>
    public long ResponseBytes { get; }

    /// <summary>Both of them: what the hub charges for API tasks.</summary>
    public long TransferredBytes => RequestBytes + ResponseBytes;

    /// <summary>The price of a byte that the estimate is made with; null if none was given or found.</summary>
    public decimal? GasPrice { get; }

    /// <summary>An estimate of what this run costs in the hub's gas: bytes times price. A sandbox's price is made up. Null without a price.</summary>
    public decimal? EstimatedGas { get; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Whether every row of this run ended with Success.</summary>
    public bool IsAllSuccess => Success + Empty + OtherShards == Rows;

    /// <summary>A sentence for people.</summary>
    public override string ToString()
    {
        string ends = CountedWords.Join(
            (Success, "Success"), (Error, "Error"), (Indeterminate, "Indeterminate"), (Running, "running"), (Invalid, "invalid"), (Refused, "refused"),
            (Failed, "failed"), (Unknown, "unknown"), (NotSent, "not sent"), (Empty, "empty"), (OtherShards, "in other shards"));
        string replayed = Replayed > 0 ? $", {Replayed} from the journal" : "";
        string rate = Submitted > 0 ? $", {Submitted / Math.Max(Elapsed.TotalSeconds, 0.001):0.#} a second" : "";
        string bytes = TransferredBytes > 0 ? $" {TransferredBytes:n0} bytes transferred{_gas}." : "";
        return $"{_command}: {Rows} rows: {ends}; {Submitted} submitted{replayed}, in {Elapsed.TotalSeconds:0.0} s{rate}.{bytes}";
    }
}
