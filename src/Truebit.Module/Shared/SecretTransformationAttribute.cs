using System.Management.Automation;
using System.Net;
using System.Security;
using Truebit.Client;

namespace Truebit;

/// <summary>Lets a SecureString parameter accept a string, a PSCredential (its password) or a sandbox's key. Errors name only the type.</summary>
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Json.PSJson.Unwrap(inputData) switch
    {
        null => null,
        SecureString secure => secure,
        string text => Secure(text),
        PSCredential credential => credential.Password,
        SecretText secret => Secure(secret.Reveal()),
        object other => throw new ArgumentTransformationMetadataException(
            $"Cannot use a {other.GetType().Name} as a secret; give a SecureString, a PSCredential or a string."),
    };

    private static SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;
}
