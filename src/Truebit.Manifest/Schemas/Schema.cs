using System.Text.Json;
using System.Text.RegularExpressions;

namespace Truebit.Manifest.Schemas;

/// <summary>
/// A schema of OpenAPI 3.0 made ready for checking many values. The library that reads the manifest validates no values, and those that
/// do were measured and round numbers (docs/design.md, "Manifests").
/// </summary>
internal sealed class Schema
{
    /// <summary>A schema that allows everything.</summary>
    public static readonly Schema Any = new();

    /// <summary>The name in <c>type</c>; null where any is allowed.</summary>
    public string? Type { get; set; }

    public string? Format { get; set; }

    public bool IsNullable { get; set; }

    public bool IsReadOnly { get; set; }

    /// <summary>The values allowed, by their canonical text; null where there is no <c>enum</c>.</summary>
    public Dictionary<string, JsonElement>? Enum { get; set; }

    public decimal? Minimum { get; set; }

    public decimal? Maximum { get; set; }

    public bool IsMinimumExclusive { get; set; }

    public bool IsMaximumExclusive { get; set; }

    public decimal? MultipleOf { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public Regex? Pattern { get; set; }

    /// <summary>The pattern as the manifest writes it.</summary>
    public string? PatternText { get; set; }

    public Schema? Items { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool HasUniqueItems { get; set; }

    /// <summary>The declared properties, in the manifest's order.</summary>
    public List<KeyValuePair<string, Schema>> Properties { get; } = [];

    public Dictionary<string, Schema> PropertyByName { get; } = new(StringComparer.Ordinal);

    public string[] Required { get; set; } = [];

    public bool AllowsMore { get; set; } = true;

    /// <summary>The schema of properties that are not declared; null where any value is allowed.</summary>
    public Schema? AdditionalProperties { get; set; }

    public int? MinProperties { get; set; }

    public int? MaxProperties { get; set; }

    public Schema[] AllOf { get; set; } = [];

    public Schema[] AnyOf { get; set; } = [];

    public Schema[] OneOf { get; set; } = [];

    public Schema? Not { get; set; }

    /// <summary>The manifest's own example as JSON text; null where there is none.</summary>
    public string? Example { get; set; }

    /// <summary>The default as JSON text; null where there is none.</summary>
    public string? Default { get; set; }

    /// <summary>Whether a value's text must not be shown.</summary>
    public bool IsSecret => Format == "password";

    /// <summary>Whether the value fits.</summary>
    public bool Allows(JsonElement value)
    {
        Findings findings = new();
        SchemaCheck.Check(this, value, new Place(null, ""), findings);
        return findings.IsValid;
    }
}
