using System.Text;

namespace Truebit.Proof;

/// <summary>
/// The hash that <c>execution_completed</c> gives of the messages before it. The hub's own rule is not published; the sandbox's
/// is that of a root that has no time and not yet the last message: the canonical text of <c>executionId</c> and
/// <c>transcript</c>. So it names an execution, and does not change from one query to the next.
/// </summary>
internal static class TranscriptHash
{
    /// <param name="executionId">The id as JSON.</param>
    /// <param name="messages">The messages as JSON.</param>
    public static byte[] Compute(ReadOnlyMemory<byte> executionId, IEnumerable<ReadOnlyMemory<byte>> messages)
    {
        using MemoryStream text = new();
        Append(text, "{\"executionId\":");
        Append(text, executionId);
        Append(text, ",\"transcript\":[");
        bool isFirst = true;
        foreach (ReadOnlyMemory<byte> message in messages)
        {
            if (!isFirst)
            {
                Append(text, ",");
            }

            isFirst = false;
            Append(text, message);
        }

        Append(text, "]}");
        return Keccak256.Hash(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void Append(MemoryStream text, ReadOnlyMemory<byte> json)
    {
        ArraySegment<byte> compact = CanonicalText.Compact(json);
        text.Write(compact.Array!, compact.Offset, compact.Count);
    }

    private static void Append(MemoryStream text, string json)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(json);
        text.Write(bytes, 0, bytes.Length);
    }
}
