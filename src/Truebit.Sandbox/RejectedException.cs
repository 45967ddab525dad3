namespace Truebit.Sandbox;

/// <summary>
/// The request is answered with this status and message, and nothing is charged. The message reaches the caller: it
/// must hold no key and no header value.
/// </summary>
internal sealed class RejectedException(int statusCode, string message) : Exception(message)
{
    public int StatusCode { get; } = statusCode;
}
