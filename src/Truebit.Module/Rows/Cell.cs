using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Converts a cell to the JSON value of its column's type. Nothing is guessed or rounded.</summary>
internal static class Cell
{
    /// <summary>From 2^53 on, a double stands for more than one integer.</summary>
    private const double MaxExactDouble = 9_007_199_254_740_992;

    private static readonly Dictionary<string, CellType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["string"] = CellType.String,
        ["integer"] = CellType.Integer,
        ["number"] = CellType.Number,
        ["boolean"] = CellType.Boolean,
        ["json"] = CellType.Json,
    };

    /// <summary>Splits a column's name into field and type.</summary>
    /// <exception cref="FieldException">The ending is not a type.</exception>
    public static (string Field, CellType Type) ParseColumn(string column)
    {
        int colon = column.LastIndexOf(':');
        if (colon < 0)
        {
            return (column, CellType.Untyped);
        }

        string ending = column.Substring(colon + 1);
        return Types.TryGetValue(ending, out CellType type)
            ? (column.Substring(0, colon), type)
            : throw new FieldException(column, $"'{ending}' is not a type of columns; use {string.Join(", ", Types.Keys)}");
    }

    /// <summary>Whether the ending of a column's name is a type.</summary>
    public static bool IsType(string ending) => Types.ContainsKey(ending);

    /// <summary>Whether a cell is empty; its field is then left out.</summary>
    public static bool IsEmpty(object? value) => PSJson.Unwrap(value) is null or "";

    /// <summary>The cell as a value for <see cref="PSJson"/>, which keeps its digits.</summary>
    /// <exception cref="FieldException">The cell is not of its column's type.</exception>
    public static object? Read(object? value, CellType type, string field)
    {
        object? bare = Deserialized.Restore(value, field);
        string? text = bare as string;
        return type switch
        {
            CellType.String => PSJson.Text(bare) ?? throw NotA("text", bare, field),
            CellType.Integer when text is not null => Raw(text, IsInteger(text), "an integer", field),
            CellType.Integer => Integer(bare) ?? throw NotA("an integer", bare, field),
            CellType.Number when text is not null => Raw(text, Patterns.Number.IsMatch(text), "a number (digits, with a point for decimals)", field),
            CellType.Number => bare is IFormattable and not (DateTime or DateTimeOffset or Guid or TimeSpan or Enum)
                ? bare : throw NotA("a number", bare, field),
            CellType.Boolean when text is not null =>
                bool.TryParse(text.Trim(), out bool flag) ? flag : throw NotA("true or false", text, field),
            CellType.Boolean => bare is bool ? bare : throw NotA("true or false", bare, field),
            CellType.Json when text is not null => ParseJson(text, field),
            _ => bare,
        };
    }

    /// <summary>The cell as a number, for the hub's uint32 fields.</summary>
    /// <exception cref="FieldException">It is not such a number.</exception>
    public static uint ReadUInt32(object? value, string field) =>
        uint.TryParse(PSJson.Text(value), NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : throw NotA($"a whole number from 0 to {uint.MaxValue}", value, field);

    private static RawJson Raw(string text, bool fits, string what, string field) =>
        fits ? new RawJson(text) : throw NotA(what, text, field);

    /// <summary>An integer as it is, or a number of a spreadsheet or database that has no fraction; null for anything else.</summary>
    private static object? Integer(object? value) => value switch
    {
        Enum => null,
        byte or sbyte or short or ushort or int or uint or long or ulong or BigInteger => value,
        double number when Math.Floor(number) == number && Math.Abs(number) <= MaxExactDouble => (long)number,
        float number when Math.Floor(number) == number && Math.Abs(number) <= 1 << 24 => (long)number,
        decimal number when decimal.Truncate(number) == number => new BigInteger(number),
        _ => null,
    };

    /// <summary>JSON's integers: no plus sign, no leading zero. Without a Regex, because most typed cells are integers.</summary>
    private static bool IsInteger(string text)
    {
        int start = text.StartsWith("-", StringComparison.Ordinal) ? 1 : 0;
        for (int at = start; at < text.Length; at++)
        {
            if (text[at] is < '0' or > '9')
            {
                return false;
            }
        }

        return text.Length > start && (text[start] != '0' || text.Length == start + 1);
    }

    private static JsonElement ParseJson(string text, string field)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth });
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new FieldException(field, $"the text is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
    }

    private static FieldException NotA(string what, object? value, string field)
    {
        string shown = PSJson.Text(value) is string text ? $"'{(text.Length > 40 ? text.Substring(0, 40) + "..." : text)}'" : $"a {value?.GetType().Name}";
        return new FieldException(field, $"{shown} is not {what}");
    }

    /// <summary>Made when they are first used: most runs need none, and in a new process each takes milliseconds.</summary>
    private static class Patterns
    {
        public static readonly Regex Number = new(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant);
    }
}
