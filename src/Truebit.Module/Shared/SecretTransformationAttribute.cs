using System.Management.Automation;
using System.Security;
using Truebit.Client;

namespace Truebit;

/// <summary>Lets a SecureString parameter take a string, a PSCredential's password or a sandbox's key. Errors name the type only.</summary>
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Json.PSJson.Unwrap(inputData) switch
    {
        null => null,
        SecureString secure => secure,
        string text => Secure(text),
        PSCredential credential => credential.Password,
        SecretText secret => Secure(secret.Reveal()),
        object other => throw new ArgumentTransformationMetadataException(
            $"A {other.GetType().Name} is no secret; give a SecureString, a PSCredential or a string."),
    };

    private static SecureString Secure(string text)
    {
        SecureString secure = new();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        secure.MakeReadOnly();
        return secure;
    }
}
