using System.Text.Json;
using Truebit.Manifest.Checks;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Samples;

/// <summary>An example: its JSON text, and whether it keeps to its schema.</summary>
internal sealed record SampleValue(string Json, bool Fits);

/// <summary>Makes values that fit schemas: of the manifest's examples, defaults and enums, or else of the types. Each is checked.</summary>
/// <param name="ofAnswer">Whether they stand in answers, which have the read-only properties as well.</param>
internal sealed class Sampler(bool ofAnswer)
{
    /// <summary>The longest example in characters: optional parts of a longer one are left out.</summary>
    private const int LongestSample = 50_000;

    private const int DeepestNesting = 32;
    private const int MostItems = 100;
    private const int MostOfEnum = 10;
    private const long StepsForEach = 200_000;

    /// <summary>Building costs as well as checking: ten characters are a step.</summary>
    private const int CostOfCharacter = 10;

    private static readonly Place Here = new(null, "an example");
    private static readonly Schema Text = new() { Types = ["string"] };

    private readonly Dictionary<Schema, SampleValue> _made = [];
    private readonly HashSet<Schema> _open = [];
    private Budget _budget = new(0);
    private bool _isExhausted;

    /// <summary>An example of the schema. One that fits none of the schema's kinds, or would take too long to find, does not fit.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="given">The manifest's own examples, which are taken where they fit.</param>
    public SampleValue Of(Schema schema, IReadOnlyList<string> given)
    {
        _budget = new Budget(StepsForEach);
        _isExhausted = false;
        _open.Clear();
        SampleValue? made = given.FirstOrDefault(json => json != "\"\"" && Fits(schema, json)) is string fitting ? new SampleValue(fitting, Fits: true) : Make(schema);
        return made is { Fits: true } ? made : new SampleValue(given.FirstOrDefault() ?? made?.Json ?? "null", Fits: false);
    }

    private SampleValue? Make(Schema schema)
    {
        if (_made.TryGetValue(schema, out SampleValue? known))
        {
            return known;
        }

        // A schema inside itself would have no end.
        if (_isExhausted || _open.Count >= DeepestNesting || !_open.Add(schema))
        {
            return null;
        }

        SampleValue? best = null;
        foreach (string json in Candidates(schema).Where(static json => json.Length <= LongestSample))
        {
            bool fits = Fits(schema, json);
            best = fits || best is null ? new SampleValue(json, fits) : best;
            if (fits || _isExhausted)
            {
                break;
            }
        }

        _open.Remove(schema);
        if (best is not null && !_isExhausted)
        {
            _made[schema] = best;
        }

        return best;
    }

    private bool Fits(Schema schema, string json)
    {
        try
        {
            _budget.Spend(Here, (long)json.Length * CostOfCharacter);
            return SchemaCheck.Allows(schema, JsonValue.Parse(json), _budget, ofAnswer);
        }
        catch (ManifestException)
        {
            _isExhausted = true;
            return false;
        }
    }

    private IEnumerable<string> Candidates(Schema schema)
    {
        JsonTypes allowed = ValueTypes.Of(schema);
        foreach (SchemaShape shape in SchemaShape.Of(schema))
        {
            // An empty text would be an empty cell, which is none.
            foreach (string json in shape.Parts.SelectMany(Given).Where(static json => json is not ("\"\"" or "null")))
            {
                yield return json;
            }

            foreach (string json in Types(shape).Where(type => (ValueTypes.Of(type) & allowed) != 0).SelectMany(type => OfType(type, shape)))
            {
                yield return json;
            }
        }

        yield return "\"\"";
        yield return "null";
    }

    private static IEnumerable<string> Given(Schema part) => new[] { part.Example, part.Default }
        .Where(static json => json is not null)
        .Concat((part.Const ?? part.Enum)?.Values.Take(MostOfEnum).Select(JsonValue.Compact) ?? [])!;

    private static IEnumerable<string> Types(SchemaShape shape)
    {
        string[] named = [.. shape.Parts.SelectMany(static part => part.Types ?? []).Distinct()];
        return named.Length > 0 ? named
            : shape.Properties.Count > 0 || shape.Parts.Any(static part => part.Required.Length > 0) ? ["object"]
            : shape.Parts.Any(static part => part.Items is not null || part.PrefixItems.Length > 0) ? ["array"]
            : shape.Parts.Any(static part => part.HasBounds) ? ["number"]
            : ["string", "number", "boolean", "object", "array"];
    }

    private IEnumerable<string> OfType(string type, SchemaShape shape) => type switch
    {
        "object" => new[] { Object(shape, withOptional: true), Object(shape, withOptional: false) },
        "array" => Arrays(shape),
        "integer" or "number" => NumberSample.Of(shape.Parts),
        "boolean" => ["true", "false"],
        _ => TextSample.Of(shape.Parts).Select(static text => JsonSerializer.Serialize(text)),
    };

    private string Object(SchemaShape shape, bool withOptional)
    {
        HashSet<string> required = shape.Required;
        Schema more = shape.Parts.Select(static part => part.AdditionalProperties).FirstOrDefault(static found => found is not null && found != Schema.None) ?? Text;
        Dictionary<string, string> members = new(StringComparer.Ordinal);
        int length = 0;
        foreach (KeyValuePair<string, Schema> property in shape.PropertiesOf(ofAnswer))
        {
            bool isRequired = required.Contains(property.Key);
            if (length < LongestSample && (isRequired || withOptional) && Make(property.Value) is SampleValue value && (isRequired || value.Fits))
            {
                members[property.Key] = value.Json;
                length += property.Key.Length + value.Json.Length;
            }
        }

        HashSet<string> declared = new(shape.Properties.Select(static property => property.Key), StringComparer.Ordinal);
        int least = Math.Min(MostItems, shape.Parts.Max(static part => part.MinProperties ?? 0));
        IEnumerable<string> others = required.Where(name => !declared.Contains(name))
            .Concat(Enumerable.Range(1, least).Select(static number => $"key{number}").Skip(members.Count));
        foreach (string name in others.Where(name => length < LongestSample && !members.ContainsKey(name)))
        {
            Schema schema = shape.Parts.SelectMany(static part => part.PatternProperties)
                .Where(rule => rule.Pattern.IsMatch(name)).Select(static rule => rule.Schema).FirstOrDefault() ?? more;
            members[name] = Make(schema)?.Json ?? "null";
            length += name.Length + members[name].Length;
        }

        return $"{{{string.Join(",", members.Select(static member => $"{JsonSerializer.Serialize(member.Key)}:{member.Value}"))}}}";
    }

    private IEnumerable<string> Arrays(SchemaShape shape)
    {
        int least = Math.Min(MostItems, shape.Parts.Max(static part => part.MinItems ?? 0));
        Schema[] first = shape.Parts.Select(static part => part.PrefixItems).FirstOrDefault(static items => items.Length > 0) ?? [];
        Schema[] contained =
        [
            .. shape.Parts.Where(static part => part.Contains is not null)
                .SelectMany(static part => Enumerable.Repeat(part.Contains!, Math.Min(MostItems, part.MinContains ?? 1))),
        ];
        Schema others = shape.Parts.Select(static part => part.Items).FirstOrDefault(static items => items is not null) ?? Text;
        bool isUnique = shape.Parts.Any(static part => part.HasUniqueItems);
        foreach (int count in new[] { Math.Max(least, 1), least }.Distinct())
        {
            List<string> items = [.. first.Take(Math.Max(count, 1)).Concat(contained).Select(item => Make(item)?.Json ?? "null")];
            int more = Math.Max(0, count - items.Count);
            items.AddRange(isUnique ? Different(others, more) : Enumerable.Repeat(others, more).Select(item => Make(item)?.Json ?? "null"));
            yield return $"[{string.Join(",", items)}]";
        }

        yield return "[]";
    }

    private IEnumerable<string> Different(Schema schema, int count) => count < 1 ? [] : new[] { Make(schema)?.Json ?? "null" }
        .Concat(Candidates(schema))
        .Concat(Enumerable.Range(1, MostItems).SelectMany(static number => new[] { number.ToString(), $"\"text{number}\"" }))
        .Where(json => Fits(schema, json))
        .Distinct(StringComparer.Ordinal)
        .Take(count);
}
