using Truebit.Manifest.Documents;

namespace Truebit.Manifest.Schemas;

/// <summary>Reads the keywords of a schema: those of OpenAPI 3.0, or since 3.1 those of JSON Schema 2020-12.</summary>
internal sealed class SchemaReader(SchemaSet schemas)
{
    private const int MostUnknown = 1000;
    private const int MostPatterns = 2000;

    /// <summary>Keywords that say nothing of which values are allowed.</summary>
    private static readonly HashSet<string> Notes = new(
        ["$ref", "$comment", "$schema", "$defs", "$anchor", "title", "description", "example", "examples", "deprecated", "xml", "externalDocs", "discriminator",
            "contentEncoding", "contentMediaType", "contentSchema"], StringComparer.Ordinal);

    private static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object"];

    private readonly Dictionary<string, (Pattern? Pattern, string? Problem)> _patterns = new(StringComparer.Ordinal);

    /// <summary>Takes the keywords over. One that is not known, or whose value is none that it may have, is told of and not checked.</summary>
    /// <exception cref="ManifestException">A number is beyond reason.</exception>
    public void Fill(Schema schema, Part source)
    {
        foreach ((string name, Part value) in source.Members())
        {
            bool isTaken = schemas.Document.IsOld ? FillOld(schema, name, value) : FillNew(schema, name, value);
            if (!isTaken && !Fill(schema, name, value) && !Notes.Contains(name) && !name.StartsWith("x-", StringComparison.OrdinalIgnoreCase)
                && schemas.Unknown.Count < MostUnknown)
            {
                schemas.Unknown.Add($"{name} at {source.Pointer}");
            }
        }

        if (schema.IsMinimumExclusive)
        {
            (schema.ExclusiveMinimum, schema.Minimum) = (schema.Minimum, null);
        }

        if (schema.IsMaximumExclusive)
        {
            (schema.ExclusiveMaximum, schema.Maximum) = (schema.Maximum, null);
        }
    }

    /// <summary>The keywords of all versions.</summary>
    /// <returns>False where the keyword is none, or its value none that it may have.</returns>
    private bool Fill(Schema schema, string name, Part value) => name switch
    {
        "type" => Set(TypesOf(value), types =>
        {
            schema.Types = [.. types.Where(static type => type != "null")];
            schema.IsNullable |= types.Contains("null");
        }),
        "format" => Set(value.Text, format => schema.Format = format),
        "nullable" => Flag(value, flag => schema.IsNullable |= flag),
        "readOnly" => Flag(value, flag => schema.IsReadOnly = flag),
        "writeOnly" => Flag(value, flag => schema.IsWriteOnly = flag),
        "enum" => Set(value.IsArray ? value.Items() : null, items => schema.Enum = new AllowedValues(items)),
        "default" => Set(JsonValue.Compact(value.Value), json => schema.Default = json),
        "minimum" => Set(Bound.Of(value.Value), bound => schema.Minimum = bound),
        "maximum" => Set(Bound.Of(value.Value), bound => schema.Maximum = bound),
        "multipleOf" => Set(Bound.Of(value.Value), bound => schema.MultipleOf = bound),
        "minLength" => Count(value, count => schema.MinLength = count),
        "maxLength" => Count(value, count => schema.MaxLength = count),
        "minItems" => Count(value, count => schema.MinItems = count),
        "maxItems" => Count(value, count => schema.MaxItems = count),
        "minProperties" => Count(value, count => schema.MinProperties = count),
        "maxProperties" => Count(value, count => schema.MaxProperties = count),
        "pattern" => Set(value.Text, pattern => schema.Pattern = PatternOf(schema, pattern)),
        "uniqueItems" => Flag(value, flag => schema.HasUniqueItems = flag),
        "required" => Set(Texts(value), names => schema.Required = names),
        "items" => One(schema, value, found => schema.Items = found),
        "not" => One(schema, value, found => schema.Not = found),
        "additionalProperties" => One(schema, value, found => (schema.SaysAdditional, schema.AdditionalProperties) = (true, found == Schema.Any ? null : found)),
        "allOf" => Many(schema, value, found => schema.AllOf = found),
        "anyOf" => Many(schema, value, found => schema.AnyOf = found),
        "oneOf" => Many(schema, value, found => schema.OneOf = found),
        "properties" => Set(Pairs(schema, value), found => schema.Properties = found),
        _ => false,
    };

    private static bool FillOld(Schema schema, string name, Part value) => name switch
    {
        "exclusiveMinimum" => Flag(value, flag => schema.IsMinimumExclusive = flag),
        "exclusiveMaximum" => Flag(value, flag => schema.IsMaximumExclusive = flag),
        "example" => Set(JsonValue.Compact(value.Value), json => schema.Example = json),
        _ => false,
    };

    private bool FillNew(Schema schema, string name, Part value) => name switch
    {
        "exclusiveMinimum" => Set(Bound.Of(value.Value), bound => schema.ExclusiveMinimum = bound),
        "exclusiveMaximum" => Set(Bound.Of(value.Value), bound => schema.ExclusiveMaximum = bound),
        "example" => Set(JsonValue.Compact(value.Value), json => schema.Example = json),
        "examples" => Set(value.Items().Select(static item => JsonValue.Compact(item.Value)).FirstOrDefault(), json => schema.Example ??= json),
        "const" => Set(value, only => schema.Const = new AllowedValues([only])),
        "prefixItems" => Many(schema, value, found => schema.PrefixItems = found),
        "contains" => One(schema, value, found => schema.Contains = found),
        "minContains" => Count(value, count => schema.MinContains = count),
        "maxContains" => Count(value, count => schema.MaxContains = count),
        "patternProperties" => Set(Pairs(schema, value), found => schema.PatternProperties =
            [.. found.Select(pair => (Pattern: PatternOf(schema, pair.Key)!, pair.Value)).Where(static pair => pair.Pattern is not null)]),
        "propertyNames" => One(schema, value, found => schema.PropertyNames = found),
        "dependentRequired" => Set(value.Members(), members => schema.DependentRequired =
            [.. members.Select(static member => (member.Name, Texts(member.Value) ?? []))]),
        "dependentSchemas" => Set(Pairs(schema, value), found => schema.DependentSchemas = [.. found]),
        "if" => One(schema, value, found => schema.If = found),
        "then" => One(schema, value, found => schema.Then = found),
        "else" => One(schema, value, found => schema.Else = found),
        "unevaluatedItems" => One(schema, value, found => schema.UnevaluatedItems = found),
        "unevaluatedProperties" => One(schema, value, found => schema.UnevaluatedProperties = found),
        _ => false,
    };

    private static bool Set<T>(T? value, Action<T> set)
    {
        if (value is not null)
        {
            set(value);
        }

        return value is not null;
    }

    private static bool Flag(Part value, Action<bool> set)
    {
        if (value.IsFlag)
        {
            set(value.IsTrue);
        }

        return value.IsFlag;
    }

    private static bool Count(Part value, Action<int> set) => Bound.Of(value.Value) is Bound bound && Set(bound.Count, count => set(count!.Value));

    private bool One(Schema schema, Part value, Action<Schema> set) => Set(value.IsObject || value.IsFlag ? schemas.Find(value, schema) : null, set);

    private bool Many(Schema schema, Part value, Action<Schema[]> set) => Set(value.IsArray ? value.Items().Select(item => schemas.Find(item, schema)).ToArray() : null, set);

    private KeyValuePair<string, Schema>[]? Pairs(Schema schema, Part value) => value.IsObject
        ? [.. value.Members().Select(member => new KeyValuePair<string, Schema>(member.Name, schemas.Find(member.Value, schema)))]
        : null;

    /// <summary>The pattern; null where the schema cannot be followed because of it.</summary>
    private Pattern? PatternOf(Schema schema, string text)
    {
        if (!_patterns.TryGetValue(text, out (Pattern? Pattern, string? Problem) known))
        {
            if (_patterns.Count >= MostPatterns)
            {
                schema.Break($"the manifest's calls have more than {MostPatterns} patterns.");
                return null;
            }

            known.Pattern = Pattern.Of(text, out known.Problem);
            _patterns.Add(text, known);
        }

        if (known.Problem is not null)
        {
            schema.Break(known.Problem);
        }

        return known.Pattern;
    }

    private static string[]? TypesOf(Part value) => (value.Text is string one ? [one] : Texts(value)) is string[] types
        && types.Length > 0 && types.All(static type => type == "null" || Types.Contains(type)) ? types : null;

    private static string[]? Texts(Part value) =>
        value.IsArray && value.Items().All(static item => item.Text is not null) ? [.. value.Items().Select(static item => item.Text!)] : null;
}
