using System.Globalization;
using System.Text.Json;

namespace Truebit.Manifest.Schemas;

/// <summary>A number of the manifest, digit for digit: as a decimal where one holds it exactly, which is quick to compare.</summary>
internal sealed class Bound
{
    /// <summary>The longest text that a decimal holds whatever its digits are.</summary>
    private const int LongestDecimal = 28;

    private const int LongestText = 1000;

    private static readonly JsonNumber MostCount = JsonNumber.Parse("2147483647");

    /// <exception cref="ManifestException">The number has digits beyond reason.</exception>
    public Bound(string text)
    {
        Text = text.Length <= LongestText ? text : throw new ManifestException($"the number {JsonValue.Cut(text)} is longer than {LongestText} digits.");
        Small = Decimal(text);
        Exact = JsonNumber.Parse(text);
    }

    /// <summary>The number as the manifest writes it.</summary>
    public string Text { get; }

    /// <summary>The number as a decimal; null where none holds it.</summary>
    public decimal? Small { get; }

    public JsonNumber Exact { get; }

    /// <summary>The number as a count of things, however it is written (2.0); null where it cannot be one.</summary>
    public int? Count => Exact.IsInteger && Exact.CompareTo(MostCount) <= 0 && Exact.CompareTo(default) >= 0
        ? (int)decimal.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    /// <summary>The bound that a keyword's value is; null where it is no number.</summary>
    public static Bound? Of(JsonElement value) => value.ValueKind == JsonValueKind.Number ? new Bound(value.GetRawText()) : null;

    public static decimal? Decimal(string text) => text.Length <= LongestDecimal
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal small) ? small : null;
}
