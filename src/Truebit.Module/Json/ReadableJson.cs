using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Truebit.Client;

namespace Truebit.Json;

/// <summary>
/// JSON for reading: text without quotes, objects and arrays with a line for each member, numbers digit for digit. Nothing in it can change a terminal.
/// </summary>
internal static class ReadableJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonLimits.MaxDepth };

    public static string Format(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth });
        if (document.RootElement.ValueKind == JsonValueKind.String)
        {
            return TextGate.Printable(document.RootElement.GetString()!);
        }

        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, Indented))
        {
            document.RootElement.WriteTo(writer);
        }

        return TextGate.Printable(Encoding.UTF8.GetString(text.ToArray()));
    }
}
