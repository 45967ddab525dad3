namespace Truebit.Proof;

/// <summary>Compares what a message says of its signer with the key that its signature gives.</summary>
internal static class PrintedKey
{
    /// <summary>How they differ; null where they agree.</summary>
    /// <param name="value">What is printed.</param>
    /// <param name="rule">Whether it should be a key or an address.</param>
    /// <param name="key">The key that signed.</param>
    /// <param name="isReadable">Whether it is a key, or an address, at all.</param>
    public static string? Compare(JsonText value, ProofRule rule, PublicKey? key, out bool isReadable)
    {
        string? text = value.AsString();
        string? other;
        if (rule == ProofRule.PublicKey)
        {
            // Equal to a key that was recovered: no need to take it apart.
            if (key is not null && text == key.Text)
            {
                isReadable = true;
                return null;
            }

            PublicKey? printed = PublicKey.Read(text, out string problem);
            isReadable = printed is not null;
            other = printed?.Address.ToString() ?? problem;
        }
        else
        {
            isReadable = EthereumAddress.TryParse(text, out EthereumAddress? printed);
            if (isReadable && printed!.Equals(key?.Address))
            {
                return null;
            }

            other = printed?.ToString() ?? "it is not an address, or its checksum is wrong";
        }

        return !isReadable ? other : key is null ? "the signature gives no key" : $"it is {other}'s, and the signature gives {key.Address}";
    }
}
