using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Bulk;

/// <summary>What became of a row at the door: it is this run's, or it is not valid, or (neither) another shard's.</summary>
internal readonly record struct Admission(RunRow? Row, Exception? Problem, int? Number);

/// <summary>Takes rows from the pipeline: binds each, checks it, and says who it is and whether this run deals with it.</summary>
internal sealed class RowIntake(RowBinder binder, RowIdentifier? identifier, Shard? shard, RunJournal? journal)
{
    /// <summary>An execution timeout below this is likely to be meant in seconds.</summary>
    private const uint ShortestUsual = 1000;

    private bool _hasWarnedOfTime;

    /// <summary>Told of what is likely to be a mistake.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>A header for the target that carries the row's identity.</summary>
    public string? IdempotencyHeader { get; init; }

    /// <summary>How many rows have come.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a row; what is wrong with it is in the answer.</summary>
    public Admission Admit(PSObject? row, bool isPiped)
    {
        Count++;

        // A number is worth telling only where there are rows.
        int? number = isPiped ? Count : null;

        // Until it is known who the row is, its place says which shard answers for it.
        bool isOurs = shard?.HasPlace(Count) != false;
        try
        {
            return new Admission(Identify(row, isPiped, number, ref isOurs), null, number);
        }
        catch (Exception e) when (IsOfOneRow(e))
        {
            return new Admission(null, isOurs ? e : null, number);
        }
    }

    /// <summary>Whether only this row goes wrong, and the others go on.</summary>
    public static bool IsOfOneRow(Exception error) => error is FieldException or ErrorException or JournalException;

    private RunRow? Identify(PSObject? row, bool isPiped, int? number, ref bool isOurs)
    {
        if (row is null && isPiped)
        {
            throw new FieldException("row", "it is null, and executing a task for nothing would cost money");
        }

        string? key = identifier?.KeyOf(row);
        if (key is not null && !(isOurs = IsOurs(RowIdentity.OfKey(key))))
        {
            return null;
        }

        BoundRow bound = Bind(row);
        RowIdentity identity = identifier?.Identify(bound.Request, key) ?? default;
        if (!(isOurs = IsOurs(identity)))
        {
            return null;
        }

        (string? rowId, JournalEntry? earlier) = journal?.Find(bound, identity, key) ?? default;
        bound = IdempotencyHeader is null ? bound : ApiRowBinder.WithHeader(bound, IdempotencyHeader, identity.ToString());
        return new RunRow(bound, number, identity, key, rowId, earlier);
    }

    private bool IsOurs(RowIdentity row) => shard?.Has(row) != false;

    private BoundRow Bind(PSObject? row)
    {
        BoundRow bound = binder.Bind(row);
        if (bound.Problems.Count > 0)
        {
            throw TaskProblems.ToException(bound.Problems);
        }

        if (bound.Request.ExecutionTimeout < ShortestUsual && !_hasWarnedOfTime)
        {
            _hasWarnedOfTime = true;
            Warn($"ExecutionTimeout is {bound.Request.ExecutionTimeout}: by all evidence the hub counts milliseconds.");
        }

        return bound;
    }
}
