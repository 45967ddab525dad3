namespace Truebit.Proof;

/// <summary>
/// The text whose hash is signed (truebit-api.md 8.3, 3): the JSON object without some of its members, the others ordered by
/// name, no whitespace. Nested objects keep their order. It is made of the JSON's own bytes, because a number that was parsed
/// and written again may look different (5e-7 and 5E-07), and so may an escaped letter.
/// </summary>
public static class CanonicalText
{
    /// <summary>What a message's hash leaves out: <c>type</c>, and what is made of the hash.</summary>
    public static IReadOnlyList<string> LeftOutOfMessages { get; } = [MemberNames.Type, MemberNames.Hash, MemberNames.Signature];

    /// <summary>What the hash of an invoice leaves out (truebit-api.md 8.3, 4).</summary>
    public static IReadOnlyList<string> LeftOutOfInvoices { get; } = [MemberNames.AccountingSignature];

    /// <summary>The text of <paramref name="json"/>; null, and why, where it has none.</summary>
    /// <param name="json">An object in UTF-8.</param>
    /// <param name="leftOut">The names of top-level members that are left out.</param>
    /// <param name="problem">Why there is none: it is not a JSON object, or has a duplicate name.</param>
    public static byte[]? Of(ReadOnlyMemory<byte> json, IReadOnlyList<string> leftOut, out string problem)
    {
        JsonText? text = JsonText.Read(json, out problem);
        if (text is null)
        {
            return null;
        }

        JsonMembers? members = JsonMembers.Read(text.Value);
        problem = members is null ? "it is not a JSON object" : members.Problem ?? "";
        return problem.Length == 0 ? Write(members!, leftOut).ToArray() : null;
    }

    /// <summary>The hash of the text of an object that has one.</summary>
    internal static byte[] Hash(JsonMembers members, IReadOnlyList<string> leftOut)
    {
        ArraySegment<byte> text = Write(members, leftOut);
        return Keccak256.Hash(text.Array!, text.Offset, text.Count);
    }

    /// <summary>A value without the whitespace between its tokens.</summary>
    internal static ArraySegment<byte> Compact(ReadOnlyMemory<byte> json)
    {
        byte[] text = new byte[json.Length];
        return new ArraySegment<byte>(text, 0, Compact(json.Span, text));
    }

    private static ArraySegment<byte> Write(JsonMembers members, IReadOnlyList<string> leftOut)
    {
        // It cannot be longer than what it is made of.
        byte[] text = new byte[members.Text.Bytes.Length];
        int length = 0;
        text[length++] = (byte)'{';
        foreach (JsonMember member in members.Sorted())
        {
            if (leftOut.Contains(member.Name))
            {
                continue;
            }

            if (length > 1)
            {
                text[length++] = (byte)',';
            }

            member.NameText.Span.CopyTo(text.AsSpan(length));
            length += member.NameText.Length;
            text[length++] = (byte)':';
            length += Compact(member.Value.Bytes.Span, text.AsSpan(length));
        }

        text[length++] = (byte)'}';
        return new ArraySegment<byte>(text, 0, length);
    }

    private static int Compact(ReadOnlySpan<byte> json, Span<byte> text)
    {
        int length = 0;
        for (int at = 0; at < json.Length;)
        {
            if (json[at] == '"')
            {
                int count = StringLength(json.Slice(at));
                json.Slice(at, count).CopyTo(text.Slice(length));
                length += count;
                at += count;
            }
            else if (json[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            {
                at++;
            }
            else
            {
                text[length++] = json[at++];
            }
        }

        return length;
    }

    /// <summary>The length of the string that stands first, with its quotation marks.</summary>
    private static int StringLength(ReadOnlySpan<byte> json)
    {
        int at = 1;
        while (true)
        {
            at += json.Slice(at).IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == '"')
            {
                return at + 1;
            }

            // Whatever is escaped, its first byte is no end.
            at += 2;
        }
    }
}
