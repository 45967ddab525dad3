using System.Text.Json;
using System.Text.RegularExpressions;
using Truebit.Manifest.Checks;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>Reads text as the type that a schema asks for. What could be read two ways is refused, never guessed.</summary>
internal static class CellText
{
    private static readonly Regex Number = new(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant);

    /// <summary>The value as JSON text; null where it is a string, or does not fit any type.</summary>
    public static string? Read(Schema schema, string field, string text, out ManifestProblem? problem)
    {
        problem = null;
        List<(string Type, string? Json)> readings = Readings(ValueTypes.Of(schema), text);
        if (readings.Count > 1)
        {
            List<(string Type, string? Json)> fitting = readings.FindAll(reading => Allows(schema, Element(reading.Json, text)));
            if (fitting.Count > 1)
            {
                string types = string.Join(" or ", fitting.Select(static reading => SchemaCheck.Named(reading.Type)));
                problem = new ManifestProblem(
                    field, "ambiguous", $"unambiguous: the manifest allows {types}, so name the column '{field}:{fitting[0].Type}' or '{field}:{fitting[1].Type}'",
                    schema.IsSecret ? "text that could be either" : JsonValue.Cut($"'{text}'"));
            }

            return fitting.Count == 1 ? fitting[0].Json : null;
        }

        return readings.Count == 1 ? readings[0].Json : null;
    }

    /// <summary>The value of a text that the path or a header holds; a string where no other type fits.</summary>
    public static JsonElement Value(Schema schema, string text) => Element(Read(schema, "", text, out _), text);

    private static List<(string Type, string? Json)> Readings(JsonTypes types, string text)
    {
        List<(string Type, string? Json)> readings = [];
        if ((types & JsonTypes.String) != 0)
        {
            readings.Add(("string", null));
        }

        bool mayBeFraction = (types & JsonTypes.Fraction) != 0;
        if ((types & JsonTypes.Number) != 0 && Number.IsMatch(text) && (mayBeFraction || text.IndexOfAny(['.', 'e', 'E']) < 0))
        {
            readings.Add((mayBeFraction ? "number" : "integer", text));
        }

        if ((types & JsonTypes.Boolean) != 0 && bool.TryParse(text.Trim(), out bool flag))
        {
            readings.Add(("boolean", flag ? "true" : "false"));
        }

        if (((types & JsonTypes.Object) != 0 && IsJson(text, '{')) || ((types & JsonTypes.Array) != 0 && IsJson(text, '[')))
        {
            readings.Add(("json", text));
        }

        return readings;
    }

    private static bool Allows(Schema schema, JsonElement value) => SchemaCheck.Allows(schema, value, Budget.OfCheck(value));

    private static bool IsJson(string text, char start)
    {
        if (text.TrimStart() is not [char first, ..] || first != start)
        {
            return false;
        }

        try
        {
            JsonValue.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement Element(string? json, string text) => json is null ? JsonValue.OfText(text) : JsonValue.Parse(json);
}
