using Truebit.Proof;

namespace Truebit.Documents;

/// <summary>The parameter ExpectedSigner. A parameter of the address's own type would load Truebit.Proof when the module is imported.</summary>
internal static class SignerAddress
{
    /// <exception cref="FieldException">One of them is not an address.</exception>
    public static EthereumAddress[] Parse(string[]? texts) => [.. (texts ?? []).Select(Parse)];

    private static EthereumAddress Parse(string text) => EthereumAddress.TryParse(text, out EthereumAddress? address)
        ? address
        : throw new FieldException("ExpectedSigner", $"'{text}' is not an address: give 0x and 40 hexadecimal digits (in mixed case, the case must match the EIP-55 checksum)");
}
