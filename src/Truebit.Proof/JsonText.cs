using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Truebit.Proof;

/// <summary>A JSON value as it stands in its bytes: nothing is decoded but what is asked for.</summary>
internal readonly struct JsonText(ReadOnlyMemory<byte> bytes, JsonTokenType kind)
{
    /// <summary>How deep a text may be nested: deeper than what any hub takes (the sandbox: 1000). Reading does not recurse.</summary>
    private const int MaxDepth = 10_000;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public JsonTokenType Kind { get; } = kind;

    public bool IsObject => Kind == JsonTokenType.StartObject;

    public bool IsArray => Kind == JsonTokenType.StartArray;

    public static Utf8JsonReader NewReader(ReadOnlyMemory<byte> bytes) => new(bytes.Span, new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>A whole text, as files and the hub have it; null, and why, where it is not JSON in UTF-8.</summary>
    public static JsonText? Read(ReadOnlyMemory<byte> bytes, out string problem)
    {
        problem = "";
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        ReadOnlyMemory<byte> text = bytes.Span.StartsWith(byteOrderMark) ? bytes.Slice(byteOrderMark.Length) : bytes;
        try
        {
            CheckUtf8(text);
            Utf8JsonReader reader = NewReader(text);
            reader.Read();
            JsonText value = ReadValue(ref reader, text);
            reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            // The reader's own message can quote the text, and there may be a secret in it.
            problem = $"it is not JSON, or is nested too deep: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
        }
        catch (DecoderFallbackException)
        {
            problem = "it is not in UTF-8";
        }

        return null;
    }

    /// <summary>The value at which <paramref name="reader"/> stands, which it passes over.</summary>
    public static JsonText ReadValue(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        int from = checked((int)reader.TokenStartIndex);
        JsonTokenType kind = reader.TokenType;
        reader.Skip();
        return new JsonText(text.Slice(from, checked((int)reader.BytesConsumed) - from), kind);
    }

    /// <summary>The items of an array; empty for anything else.</summary>
    public List<JsonText> Items()
    {
        List<JsonText> items = [];
        if (IsArray)
        {
            Utf8JsonReader reader = NewReader(Bytes);
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(ReadValue(ref reader, Bytes));
            }
        }

        return items;
    }

    /// <summary>What a string says; null for anything else, and for half a surrogate pair.</summary>
    public string? AsString()
    {
        if (Kind != JsonTokenType.String)
        {
            return null;
        }

        Utf8JsonReader reader = NewReader(Bytes);
        reader.Read();
        return Decode(ref reader);
    }

    /// <summary>The string or name at which <paramref name="reader"/> stands; null where it is no Unicode.</summary>
    public static string? Decode(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void CheckUtf8(ReadOnlyMemory<byte> text)
    {
        ArraySegment<byte> bytes = MemoryMarshal.TryGetArray(text, out ArraySegment<byte> segment) ? segment : new ArraySegment<byte>(text.ToArray());
        if (bytes.Count > 0)
        {
            StrictUtf8.GetCharCount(bytes.Array!, bytes.Offset, bytes.Count);
        }
    }
}
