using System.Management.Automation;
using Truebit.Client;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>Takes rows from the pipeline: binds and checks each, identifies it, and tells whether it is this run's. Pipeline thread only.</summary>
internal sealed class RowIntake(RowBinder binder, InputCheck input, RowIdentifier? identifier, Shard? shard, RunJournal? journal)
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

    /// <summary>Whether rows come down the pipeline.</summary>
    public bool IsPiped { get; private set; }

    /// <summary>How many of them had no value in any column, and were passed over.</summary>
    public int EmptyRows => input.EmptyRows;

    /// <exception cref="InputException">The command line and the columns do not fit together: the command ends.</exception>
    public Admission Admit(PSObject? row, bool isPiped)
    {
        Count++;
        IsPiped = isPiped;

        // The number means something only if there are several rows.
        int? number = isPiped ? Count : null;

        // Until the row is identified, its place decides which shard reports its errors.
        bool isOurs = shard?.HasPlace(Count) != false;
        try
        {
            return Admit(row, number, ref isOurs);
        }
        catch (InputException)
        {
            throw;
        }
        catch (FieldException e)
        {
            input.ThrowIfOfColumns(e, row);
            return Refused(e);
        }
        catch (TruebitException e)
        {
            return Refused(e);
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            // Reading a value runs other people's code: whatever comes of it is this row's error.
            return Refused(FieldException.Unreadable(e));
        }

        Admission Refused(TruebitException e) => new(null, isOurs ? e : null, number, IsPassedOver: false);
    }

    private Admission Admit(PSObject? row, int? number, ref bool isOurs)
    {
        if (row is null && number is not null)
        {
            throw new FieldException(FieldException.WholeRow, "the row is null and was not sent: an empty task would still be charged");
        }

        RowCells cells = binder.Read(row);
        if (!input.IsToBeSent(cells))
        {
            return new Admission(null, null, number, IsPassedOver: true);
        }

        input.CheckColumns(cells);
        return new Admission(Identify(cells, number, ref isOurs), null, number, IsPassedOver: false);
    }

    private RunRow? Identify(RowCells cells, int? number, ref bool isOurs)
    {
        string? key = identifier?.GetKey(cells);
        if (key is not null && !(isOurs = IsOurs(RowIdentity.OfKey(key))))
        {
            return null;
        }

        BoundRow bound = Bind(cells);
        RowIdentity identity = identifier?.Identify(bound.Request, key, number) ?? default;
        if (!(isOurs = IsOurs(identity)))
        {
            return null;
        }

        (string? rowId, JournalEntry? earlier) = journal?.Find(bound, identity, key) ?? default;
        bound = IdempotencyHeader is null ? bound : ApiRowBinder.AddHeader(bound, IdempotencyHeader, identity.ToString());
        return new RunRow(bound, number, identity, key, rowId, earlier) { Journal = journal?.Path };
    }

    private bool IsOurs(RowIdentity row)
    {
        bool isOurs = shard?.Has(row) != false;
        if (!isOurs)
        {
            journal?.Meet(row);
        }

        return isOurs;
    }

    private BoundRow Bind(RowCells cells)
    {
        BoundRow bound = binder.Bind(cells);
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
