using System.Management.Automation;
using Truebit.Client;
using Truebit.Pump;
using Truebit.Rows;

namespace Truebit;

/// <summary>Turns exceptions into PowerShell's error records: stable ids, fitting categories, the row as target.</summary>
internal static class Errors
{
    /// <summary>The id for a row that was certainly not sent.</summary>
    public const string NotSentId = "NotSent";

    /// <summary>The id for a row that may have been executed.</summary>
    public const string OutcomeUnknown = nameof(HubErrorCode.OutcomeUnknown);

    /// <summary>What to do about an unknown outcome; with -AsRow there is no error to pipe.</summary>
    private const string Settle = "Look at the target, then pipe this error, or the row's entry of Get-TruebitJournal, to Resolve-TruebitJournal";

    /// <summary>The same without a journal.</summary>
    private const string LookFirst = "Look at the target before you send it again";

    /// <param name="error">What went wrong.</param>
    /// <param name="target">The error's TargetObject.</param>
    public static ErrorRecord ToErrorRecord(Exception error, object? target) => ToErrorRecord(error, new RowRef(target));

    /// <param name="error">What went wrong.</param>
    /// <param name="row">What it is about.</param>
    /// <param name="texts">Takes secrets out of what a library says.</param>
    public static ErrorRecord ToErrorRecord(Exception error, RowRef row, TextGate? texts = null) => error switch
    {
        HubException { Code: HubErrorCode.OutcomeUnknown } unknown => Create(
            unknown.ErrorId, Category(unknown), $"{unknown.Message} {(row.Journal is null ? LookFirst : Settle)}.", row, unknown.ExecutionId, unknown.CandidateId),
        TruebitException known => Create(known.ErrorId, Category(known), known.Message, row, (known as HubException)?.ExecutionId, (known as HubException)?.CandidateId),
        OperationCanceledException => NotSent("the command was ending", row),
        _ => Create("UnexpectedError", ErrorCategory.NotSpecified, $"{error.GetType().Name}: {(texts ?? TextGate.Plain).Line(error.Message)}", row),
    };

    /// <summary>The error of a row that was held back.</summary>
    public static ErrorRecord NotSent(string why, RowRef row) =>
        Create(NotSentId, ErrorCategory.OperationStopped, $"Not sent: {why}.", row);

    /// <summary>The error of a row that an earlier run sent, and whose outcome is still unknown.</summary>
    public static ErrorRecord StillUnknown(JournalEntry earlier, RowRef row) => Create(
        OutcomeUnknown,
        ErrorCategory.InvalidResult,
        $"An earlier run sent this row at {earlier.At:u}. {earlier.Reason ?? "That run ended before the answer came, so the outcome is unknown."}"
            + $" {Settle}, or choose with -OnUnknown what to do.",
        row,
        candidateId: earlier.CandidateId);

    /// <summary>The error of a row that a repaired journal does not know, but may have known before it was damaged.</summary>
    public static ErrorRecord MaybeLost(RowRef row) => Create(
        OutcomeUnknown,
        ErrorCategory.InvalidResult,
        "The journal was repaired and has lost lines. One may have been about this row, so it was not sent. If you know that it was never sent, use -OnUnknown Resubmit.",
        row);

    /// <summary>The error that ends a command: the cause, followed by its consequence.</summary>
    public static ErrorRecord EndsCommand(ExecutionEnd fatal, string consequence)
    {
        ErrorRecord error = ToErrorRecord(fatal.Error!, fatal.Row);
        string id = ((ErrorException)error.Exception).ErrorId;
        return ToErrorRecord(new ErrorException(id, error.CategoryInfo.Category, $"{error.Exception.Message.TrimEnd('.')}.{consequence}"), fatal.Row.Target);
    }

    private static ErrorRecord Create(string id, ErrorCategory category, string message, RowRef row, string? executionId = null, string? candidateId = null)
    {
        ErrorException exception = new(id, category, TextGate.Printable(row.Words is null ? message : $"{row.Words}: {message}"))
        {
            ExecutionId = executionId,
            CandidateId = candidateId,
            Row = row.Number,
            Key = row.Key,
            RowId = row.RowId,
            Journal = row.Journal,
        };
        return new ErrorRecord(exception, id, category, row.Target);
    }

    private static ErrorCategory Category(TruebitException error) => error switch
    {
        ErrorException known => known.Category,
        FieldException or InputException => ErrorCategory.InvalidArgument,
        HubException hub => Category(hub.Code),
        { ErrorId: "JournalNotFound" } => ErrorCategory.ObjectNotFound,
        { ErrorId: "JournalInUse" } => ErrorCategory.ResourceBusy,
        { ErrorId: "JournalDamaged" } => ErrorCategory.InvalidData,
        _ => ErrorCategory.ResourceUnavailable,
    };

    private static ErrorCategory Category(HubErrorCode code) => code switch
    {
        HubErrorCode.HubUnreachable => ErrorCategory.ConnectionError,
        HubErrorCode.RateLimited => ErrorCategory.LimitsExceeded,
        HubErrorCode.InvalidRequest => ErrorCategory.InvalidArgument,
        HubErrorCode.AuthenticationFailed => ErrorCategory.AuthenticationError,
        HubErrorCode.PaymentRequired => ErrorCategory.QuotaExceeded,
        HubErrorCode.ExecutionNotFound or HubErrorCode.TranscriptNotFound or HubErrorCode.InvoiceNotFound => ErrorCategory.ObjectNotFound,
        HubErrorCode.WaitTimeout => ErrorCategory.OperationTimeout,
        _ => ErrorCategory.InvalidResult,
    };
}
