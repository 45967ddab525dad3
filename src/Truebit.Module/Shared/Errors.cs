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

    /// <param name="error">What went wrong.</param>
    /// <param name="target">The error's TargetObject, usually the row.</param>
    /// <param name="number">The row's place in the input; null if the command has no rows.</param>
    public static ErrorRecord ToErrorRecord(Exception error, object? target, int? number = null) => error switch
    {
        TruebitException known => Create(known.ErrorId, Category(known), known.Message, target, number),
        OperationCanceledException => NotSent("the command was ending", target, number),
        _ => Create("UnexpectedError", ErrorCategory.NotSpecified, $"{error.GetType().Name}: {error.Message}", target, number),
    };

    /// <summary>The error of a row that was held back.</summary>
    public static ErrorRecord NotSent(string why, object? target, int? number) =>
        Create(NotSentId, ErrorCategory.OperationStopped, $"Not sent: {why}.", target, number);

    /// <summary>The error of a row that an earlier run sent, and whose outcome is still unknown.</summary>
    public static ErrorRecord StillUnknown(JournalEntry earlier, object? target, int? number) => Create(
        OutcomeUnknown,
        ErrorCategory.InvalidResult,
        $"An earlier run sent this row at {earlier.At:u}. {earlier.Reason ?? "That run ended before the answer came, so the outcome is unknown."}"
            + " Settle it with Resolve-TruebitJournal, or choose with -OnUnknown what to do.",
        target,
        number);

    /// <summary>The error that ends a command: the cause, followed by its consequence.</summary>
    public static ErrorRecord EndsCommand(ExecutionEnd fatal, string consequence)
    {
        ErrorRecord error = ToErrorRecord(fatal.Error!, fatal.Target, fatal.Number);
        string id = ((ErrorException)error.Exception).ErrorId;
        return ToErrorRecord(new ErrorException(id, error.CategoryInfo.Category, $"{error.Exception.Message.TrimEnd('.')}.{consequence}"), fatal.Target);
    }

    private static ErrorRecord Create(string id, ErrorCategory category, string message, object? target, int? number) =>
        new(new ErrorException(id, category, number is int row ? $"Row {row}: {message}" : message), id, category, target);

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
