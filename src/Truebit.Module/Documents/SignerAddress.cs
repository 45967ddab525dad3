using Truebit.Json;
using Truebit.Proof;

namespace Truebit.Proofs;

/// <summary>Reads the parameter ExpectedSigner.</summary>
internal static class SignerAddress
{
    /// <exception cref="FieldException">It is no address.</exception>
    public static EthereumAddress? Read(string? text) =>
        text is null ? null
        : EthereumAddress.TryParse(text, out EthereumAddress? address) ? address
        : throw new FieldException("ExpectedSigner", $"'{text}' is not an address: 0x and 40 hexadecimal digits; in mixed case, their case is a checksum (EIP-55)");
}
