using System.Text;
using System.Text.Json;

namespace Truebit.Manifest.Documents;

/// <summary>Reads a manifest's bytes as JSON, be they JSON or YAML.</summary>
internal static class ManifestText
{
    /// <summary>The longest manifest in bytes, also with its aliases written out. The largest public ones have 4 MB.</summary>
    public const int LongestContent = 16 * 1024 * 1024;

    private const int DeepestNesting = 512;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ManifestException">It is neither JSON nor YAML, or too large.</exception>
    public static JsonElement Parse(byte[] content)
    {
        ThrowIfTooLong(content.Length);
        content = ToUtf8(content);
        string? wrongJson = null;
        if (FirstSign(content) == '{')
        {
            try
            {
                return ParseJson(content);
            }
            catch (JsonException e)
            {
                // YAML may begin so, too.
                wrongJson = e.Message;
            }
        }

        try
        {
            return ParseJson(Yaml.ToJson(Utf8.GetString(content)));
        }
        catch (ManifestException e) when (wrongJson is not null)
        {
            throw new ManifestException($"is not an OpenAPI document: {wrongJson}", e);
        }
        catch (JsonException e)
        {
            throw new ManifestException($"is not an OpenAPI document: {wrongJson ?? e.Message}", e);
        }
    }

    /// <exception cref="ManifestException">The manifest is too long to be read.</exception>
    public static void ThrowIfTooLong(long length)
    {
        if (length > LongestContent)
        {
            throw new ManifestException($"is longer than {LongestContent >> 20} MB, or becomes so when its aliases are written out.");
        }
    }

    private static JsonElement ParseJson(ReadOnlyMemory<byte> json)
    {
        ThrowIfHalves(json.Span);

        // Not disposed, because it lives as long as the manifest: a copy of what may be large would be made for nothing.
        return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestNesting }).RootElement;
    }

    /// <summary>Half of a surrogate pair is no text: it would be an exception wherever it is read later.</summary>
    private static void ThrowIfHalves(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf(@"\ud"u8) < 0 && json.IndexOf(@"\uD"u8) < 0)
        {
            return;
        }

        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                try
                {
                    _ = reader.GetString();
                }
                catch (InvalidOperationException e)
                {
                    throw new ManifestException(
                        $"is not an OpenAPI document: the text at byte {reader.TokenStartIndex} has half a character (a lone surrogate).", e);
                }
            }
        }
    }

    private static byte[] ToUtf8(byte[] content)
    {
        Encoding encoding = content switch
        {
            [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: content[0] == 0, byteOrderMark: true, throwOnInvalidCharacters: true),
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: content[0] == 0xFE, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => Utf8,
        };
        int mark = content is [0xEF, 0xBB, 0xBF, ..] ? 3 : encoding.GetPreamble().Length;
        try
        {
            if (encoding == Utf8)
            {
                Utf8.GetCharCount(content);
                return mark == 0 ? content : content.AsSpan(mark).ToArray();
            }

            return Utf8.GetBytes(encoding.GetString(content, mark, content.Length - mark));
        }
        catch (ArgumentException e)
        {
            throw new ManifestException("is not text in UTF-8; save it as UTF-8.", e);
        }
    }

    private static char FirstSign(byte[] content) =>
        (char)Array.Find(content, static sign => sign is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'));
}
