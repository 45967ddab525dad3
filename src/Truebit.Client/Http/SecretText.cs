using System.Runtime.InteropServices;
using System.Security;

namespace Truebit.Client;

/// <summary>
/// Text that no stream, view, export or exception may show: an API key, a header's value. It has no public
/// property, so formatters and serializers find nothing to print.
/// </summary>
public sealed class SecretText
{
    /// <summary>What stands in place of a secret, wherever something is shown or kept.</summary>
    internal const string Hidden = "(secret)";

    private readonly SecureString _value;

    /// <summary>Keeps a read-only copy of <paramref name="value"/>.</summary>
    public SecretText(SecureString value)
    {
        _value = (value ?? throw new ArgumentNullException(nameof(value))).Copy();
        _value.MakeReadOnly();
    }

    /// <summary>For text that is in the clear already, such as an environment variable.</summary>
    public SecretText(string value)
    {
        _value = new SecureString();
        foreach (char c in value ?? throw new ArgumentNullException(nameof(value)))
        {
            _value.AppendChar(c);
        }

        _value.MakeReadOnly();
    }

    /// <summary>The text itself. Call it where the text is sent or checked, and keep the result nowhere.</summary>
    public string Reveal()
    {
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(_value);
        try
        {
            return Marshal.PtrToStringUni(copy, _value.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }

    /// <summary>Never the text.</summary>
    public override string ToString() => Hidden;
}
