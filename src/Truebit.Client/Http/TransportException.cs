namespace Truebit.Client;

/// <summary>There is no answer; <see cref="MayHaveLeft"/> tells whether the hub can have handled the request.</summary>
internal sealed class TransportException(string message, bool mayHaveLeft, Exception cause) : Exception(message, cause)
{
    public bool MayHaveLeft { get; } = mayHaveLeft;
}
