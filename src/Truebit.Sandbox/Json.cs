using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Truebit.Sandbox;

/// <summary>JSON in and out, as UTF-8 bytes.</summary>
internal static class Json
{
    // Inputs are passed on, not understood: the usual limit of 64 would refuse what the hub may take.
    private const int MaxDepth = 1000;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    // The text is never put into HTML, and a message that quotes "2" should be readable on the wire.
    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Parses a request body; anything wrong with it is a 400.</summary>
    public static JsonDocument Parse(byte[] body)
    {
        try
        {
            CheckText(body);
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            // The parser's own message can quote the body, and there may be a secret in it.
            throw new RejectedException(400, $"the body is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidOperationException)
        {
            throw new RejectedException(400, "the body is not JSON: a text in it is not valid Unicode");
        }
    }

    public static byte[] WriteObject(Action<Utf8JsonWriter> members)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, WriterOptions))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Writes a value as it was sent, digit for digit and escape for escape.</summary>
    public static void WriteRaw(this Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
    }

    /// <summary>
    /// JsonElement decodes texts only when they are read and throws then, for example on half a surrogate pair. Decoding
    /// all of them first makes that an error of the request like any other.
    /// </summary>
    private static void CheckText(byte[] body)
    {
        StrictUtf8.GetCharCount(body);
        Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }
}
