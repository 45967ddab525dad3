using System.Text.Json;
using Truebit.Manifest.Documents;

namespace Truebit.Manifest.Schemas;

/// <summary>The values of an <c>enum</c> or of <c>const</c>.</summary>
internal sealed class AllowedValues
{
    private const int MostNamed = 20;

    private readonly Dictionary<string, JsonElement> _byText = new(StringComparer.Ordinal);
    private readonly HashSet<JsonValueKind> _kinds = [];

    public AllowedValues(IEnumerable<Part> values)
    {
        foreach (Part value in values)
        {
            _byText[JsonValue.Canonical(value.Value)] = value.Value;
            _kinds.Add(value.Value.ValueKind);
        }
    }

    /// <summary>The values in the manifest's order.</summary>
    public IReadOnlyCollection<JsonElement> Values => _byText.Values;

    /// <summary>Whether any is of this kind.</summary>
    public bool HasKind(JsonValueKind kind) => _kinds.Contains(kind);

    /// <param name="canonical">The value by <see cref="JsonValue.Canonical"/>.</param>
    public bool Contains(string canonical) => _byText.ContainsKey(canonical);

    /// <summary>The values for a message.</summary>
    public override string ToString()
    {
        string named = string.Join(", ", Values.Take(MostNamed).Select(static value => JsonValue.Cut(value.ToString())));
        return _byText.Count == 1 ? named : $"one of {named}{(_byText.Count > MostNamed ? ", ..." : "")}";
    }
}
