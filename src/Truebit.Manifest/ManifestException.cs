namespace Truebit.Manifest;

/// <summary>The manifest cannot be read, or says something that cannot be followed; the message says what and where.</summary>
public sealed class ManifestException : Exception
{
    internal ManifestException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
