namespace Truebit.Client;

/// <summary>A journal that cannot be used.</summary>
public sealed class JournalException : TruebitException
{
    internal JournalException(string errorId, string message, Exception? cause = null)
        : base(errorId, message, cause)
    {
    }
}
