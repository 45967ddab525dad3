using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Client;
using Truebit.Json;

namespace Truebit;

/// <summary>Turns what went wrong into PowerShell's error records: stable ids, fitting categories, the row as target.</summary>
internal static class Errors
{
    /// <summary>The id for a row that was surely not sent.</summary>
    public const string NotSentId = "NotSent";

    /// <summary>The id for a row that may have been executed.</summary>
    public const string OutcomeUnknown = nameof(HubErrorCode.OutcomeUnknown);

    /// <summary>The record for an exception of any kind.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="target">What it is about, usually the row.</param>
    /// <param name="number">The row's place in the input; null where there is only one.</param>
    public static ErrorRecord Record(Exception error, object? target, int? number = null) => error switch
    {
        FieldException field => Create("InvalidInput", ErrorCategory.InvalidArgument, field.Message, target, number),
        HubException hub => Create(hub.Code.ToString(), Category(hub.Code), hub.Message, target, number),
        ErrorException known => Create(known.ErrorId, known.Category, known.Message, target, number),
        JournalException journal => Create(journal.ErrorId, Category(journal), journal.Message, target, number),
        OperationCanceledException => NotSent("the command was ending", target, number),
        _ => Create("UnexpectedError", ErrorCategory.NotSpecified, $"{error.GetType().Name}: {error.Message}", target, number),
    };

    /// <summary>The record for a row that was held back.</summary>
    public static ErrorRecord NotSent(string why, object? target, int? number) =>
        Create(NotSentId, ErrorCategory.OperationStopped, $"Not sent: {why}.", target, number);

    /// <summary>The record for a row whose request an earlier run has sent, and whose outcome nobody knows.</summary>
    public static ErrorRecord StillUnknown(JournalEntry earlier, object? target, int? number) => Create(
        OutcomeUnknown,
        ErrorCategory.InvalidResult,
        $"An earlier run sent it at {earlier.At:u}. {earlier.Reason ?? "That run ended before the answer came, so the outcome is unknown."}"
            + " Settle it with Resolve-TruebitJournal, or say with -OnUnknown what to do.",
        target,
        number);

    /// <summary>The record that ends a command: what went wrong, and what came of it.</summary>
    public static ErrorRecord EndsCommand(ExecutionEnd fatal, string consequence)
    {
        ErrorRecord error = Record(fatal.Error!, fatal.Target, fatal.Number);
        string id = ((ErrorException)error.Exception).ErrorId;
        return Record(new ErrorException(id, error.CategoryInfo.Category, $"{error.Exception.Message.TrimEnd('.')}.{consequence}"), fatal.Target);
    }

    private static ErrorRecord Create(string id, ErrorCategory category, string message, object? target, int? number) =>
        new(new ErrorException(id, category, number is int row ? $"Row {row}: {message}" : message), id, category, target);

    private static ErrorCategory Category(JournalException journal) => journal.ErrorId switch
    {
        "JournalNotFound" => ErrorCategory.ObjectNotFound,
        "JournalInUse" => ErrorCategory.ResourceBusy,
        "JournalDamaged" => ErrorCategory.InvalidData,
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
        HubErrorCode.InvalidResponse => ErrorCategory.InvalidResult,
        HubErrorCode.WaitTimeout => ErrorCategory.OperationTimeout,
        _ => ErrorCategory.InvalidResult,
    };
}
