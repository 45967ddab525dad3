namespace Truebit.Client;

/// <summary>The base of all errors that have a stable name. Scripts test the name; about_Truebit lists them.</summary>
public abstract class TruebitException : Exception
{
    /// <param name="errorId">The stable name, such as JournalInUse.</param>
    /// <param name="message">What happened, without secrets.</param>
    /// <param name="innerException">The cause, where it is safe to show.</param>
    protected TruebitException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorId = errorId;

    /// <summary>The stable name of the error.</summary>
    public string ErrorId { get; }
}
