using System.Diagnostics;
using Truebit.Client;

namespace Truebit.Invoke;

/// <summary>Counts what became of the rows of a command. Pipeline thread only.</summary>
internal sealed class RunTally
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Estimates the cost; null where no price is known.</summary>
    public GasMeter? Gas { get; init; }

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Rows handed to the workers.</summary>
    public int Submitted { get; set; }

    /// <summary>Results from the journal, without the hub.</summary>
    public int Replayed { get; set; }

    public int Success { get; private set; }

    public int Error { get; private set; }

    /// <summary>Those with an undocumented status, too.</summary>
    public int Indeterminate { get; private set; }

    public int Running { get; private set; }

    /// <summary>Rows that ended with an error, except those below.</summary>
    public int Failed { get; private set; }

    /// <summary>Failed rows that could not be sent.</summary>
    public int Invalid { get; private set; }

    /// <summary>Failed rows that the hub refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Rows whose outcome is unknown: they may have been executed.</summary>
    public int Unknown { get; private set; }

    /// <summary>Rows held back or left for another run.</summary>
    public int NotSent { get; set; }

    /// <summary>Rows of other shards; they are not included above.</summary>
    public int OtherShards { get; set; }

    public long RequestBytes { get; private set; }

    public long ResponseBytes { get; private set; }

    /// <summary>Written results.</summary>
    public int Written => Success + Error + Indeterminate + Running;

    /// <summary>All rows that have ended.</summary>
    public int Ended => Written + Failed + Unknown + NotSent;

    /// <summary>Counts a result.</summary>
    public void Count(TruebitExecution execution, bool isReplayed)
    {
        switch (execution.HubStatus)
        {
            case ExecutionStatus.Success:
                Success++;
                break;
            case ExecutionStatus.Error:
                Error++;
                break;
            case ExecutionStatus.Running:
                Running++;
                break;
            default:
                Indeterminate++;
                break;
        }

        if (!isReplayed)
        {
            RequestBytes += execution.RequestBytes ?? 0;
            ResponseBytes += execution.ResponseBytes ?? 0;
            Gas?.Count(execution);
        }
    }

    /// <summary>Counts a row that ended with an error.</summary>
    public void Count(string errorId)
    {
        switch (errorId)
        {
            case Errors.OutcomeUnknown:
                Unknown++;
                return;
            case Errors.NotSentId:
                NotSent++;
                return;
            case "InvalidInput":
                Invalid++;
                break;
            case nameof(HubErrorCode.InvalidRequest):
                Refused++;
                break;
        }

        Failed++;
    }
}
