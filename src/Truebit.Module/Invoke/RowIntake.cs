using System.Management.Automation;
using Truebit.Client;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>Takes rows from the pipeline: binds and checks each, identifies it, and tells whether it is this run's. Pipeline thread only.</summary>
internal sealed class RowIntake(RowBinder binder, RowIdentifier? identifier, Shard? shard, RunJournal? journal)
{
    /// <summary>An execution timeout below this is probably meant in seconds.</summary>
    private const uint MinUsualTimeout = 1000;

    private bool _hasWarnedOfTimeout;

    /// <summary>Called with warnings about likely mistakes.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>A header for the target that carries the row's identity.</summary>
    public string? IdempotencyHeader { get; init; }

    /// <summary>How many rows have come.</summary>
    public int Count { get; private set; }

    public Admission Admit(PSObject? row, bool isPiped)
    {
        Count++;

        // The number means something only if there are several rows.
        int? number = isPiped ? Count : null;

        // Until the row is identified, its place decides which shard reports its errors.
        bool isOurs = shard?.HasPlace(Count) != false;
        try
        {
            return new Admission(Identify(row, isPiped, number, ref isOurs), null, number);
        }
        catch (TruebitException e)
        {
            return new Admission(null, isOurs ? e : null, number);
        }
    }

    private RunRow? Identify(PSObject? row, bool isPiped, int? number, ref bool isOurs)
    {
        if (row is null && isPiped)
        {
            throw new FieldException("row", "the row is null and was not sent: an empty task would still be charged");
        }

        string? key = identifier?.GetKey(row);
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
        bound = IdempotencyHeader is null ? bound : ApiRowBinder.AddHeader(bound, IdempotencyHeader, identity.ToString());
        return new RunRow(bound, number, identity, key, rowId, earlier);
    }

    private bool IsOurs(RowIdentity row) => shard?.Has(row) != false;

    private BoundRow Bind(PSObject? row)
    {
        BoundRow bound = binder.Bind(row);
        if (bound.Problems.Count > 0)
        {
            throw FieldException.From(bound.Problems);
        }

        uint? timeout = bound.Request.ExecutionTimeout;
        if (timeout < MinUsualTimeout && !_hasWarnedOfTimeout)
        {
            _hasWarnedOfTimeout = true;
            Warn($"ExecutionTimeout is {timeout}. The hub appears to use milliseconds; for {timeout} seconds give {timeout * 1000}.");
        }

        return bound;
    }
}
