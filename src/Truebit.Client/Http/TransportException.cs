namespace Truebit.Client;

/// <summary>There is no answer, or not a whole one; <see cref="MayHaveLeft"/> tells whether the hub can have handled the request.</summary>
internal sealed class TransportException(string message, bool mayHaveLeft, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>False if no byte of the request's body has left.</summary>
    public bool MayHaveLeft { get; } = mayHaveLeft;

    /// <summary>How an answer begins that broke off or is too long.</summary>
    public byte[] Received { get; init; } = [];

    /// <summary>Whether the answer is longer than the limit, or than the memory: asking again brings the same.</summary>
    public bool IsTooLong { get; init; }
}
