using System.Globalization;
using System.Text.Json;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Any;
using Microsoft.OpenApi.Models;
using Microsoft.OpenApi.Writers;

namespace Truebit.Manifest.Schemas;

/// <summary>The schemas of a manifest, each made ready once; the library gives the same object for all references to a schema.</summary>
internal sealed class SchemaSet(OpenApiDocument document)
{
    private readonly Dictionary<OpenApiSchema, Schema> _schemas = [];

    /// <summary>The schema made ready; null where there is none.</summary>
    /// <exception cref="ManifestException">It refers to another file, or has a pattern that is none.</exception>
    public Schema? Get(OpenApiSchema? source)
    {
        if (source is null)
        {
            return null;
        }

        lock (_schemas)
        {
            source = Resolve(source);
            if (!_schemas.TryGetValue(source, out Schema? schema))
            {
                // Known before it is filled: schemas may refer to themselves.
                schema = new Schema();
                _schemas.Add(source, schema);
                Fill(schema, source);
            }

            return schema;
        }
    }

    /// <summary>An example or a default as JSON text.</summary>
    public static string? Json(IOpenApiAny? value)
    {
        if (value is null)
        {
            return null;
        }

        IOpenApiAny plain = Plain(value);
        if (plain is OpenApiString { Value: string content })
        {
            // The library's writer leaves some control characters as they are, which is no JSON.
            return JsonSerializer.Serialize(content);
        }

        using StringWriter text = new();
        plain.Write(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }), OpenApiSpecVersion.OpenApi3_0);
        return text.ToString();
    }

    /// <summary>The library reads a text of a date-time as a time, and would write it back in another spelling.</summary>
    private static IOpenApiAny Plain(IOpenApiAny value)
    {
        switch (value)
        {
            case OpenApiDateTime time:
                string zone = time.Value.Offset == TimeSpan.Zero ? "'Z'" : "zzz";
                return new OpenApiString(time.Value.ToString($"yyyy-MM-dd'T'HH:mm:ss.FFFFFFF{zone}", CultureInfo.InvariantCulture));
            case OpenApiArray array:
                OpenApiArray items = [];
                items.AddRange(array.Select(Plain));
                return items;
            case OpenApiObject members:
                OpenApiObject plain = [];
                foreach (KeyValuePair<string, IOpenApiAny> member in members)
                {
                    plain.Add(member.Key, Plain(member.Value));
                }

                return plain;
            default:
                return value;
        }
    }

    private void Fill(Schema schema, OpenApiSchema source)
    {
        schema.Type = source.Type;
        schema.Format = source.Format;
        schema.IsNullable = source.Nullable;
        schema.IsReadOnly = source.ReadOnly;
        schema.Minimum = source.Minimum;
        schema.Maximum = source.Maximum;
        schema.IsMinimumExclusive = source.ExclusiveMinimum == true;
        schema.IsMaximumExclusive = source.ExclusiveMaximum == true;
        schema.MultipleOf = source.MultipleOf;
        schema.MinLength = source.MinLength;
        schema.MaxLength = source.MaxLength;
        schema.PatternText = source.Pattern;
        schema.Pattern = source.Pattern is null ? null : EcmaPattern.Translate(source.Pattern);
        schema.MinItems = source.MinItems;
        schema.MaxItems = source.MaxItems;
        schema.HasUniqueItems = source.UniqueItems == true;
        schema.Required = [.. source.Required];
        schema.AllowsMore = source.AdditionalPropertiesAllowed;
        schema.MinProperties = source.MinProperties;
        schema.MaxProperties = source.MaxProperties;
        schema.Example = Json(source.Example);
        schema.Default = Json(source.Default);
        schema.Enum = source.Enum.Count == 0 ? null : Allowed(source.Enum);
        schema.Items = Get(source.Items);
        schema.Not = Get(source.Not);
        schema.AdditionalProperties = Get(source.AdditionalProperties);
        schema.AllOf = All(source.AllOf);
        schema.AnyOf = All(source.AnyOf);
        schema.OneOf = All(source.OneOf);
        foreach (KeyValuePair<string, OpenApiSchema> property in source.Properties)
        {
            Schema child = Get(property.Value)!;
            schema.Properties.Add(new KeyValuePair<string, Schema>(property.Key, child));
            schema.PropertyByName[property.Key] = child;
        }
    }

    /// <summary>The library leaves a schema unresolved that is nothing but a reference to another.</summary>
    private OpenApiSchema Resolve(OpenApiSchema source)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (source.UnresolvedReference)
        {
            string reference = source.Reference.ReferenceV3;
            source = !source.Reference.IsExternal && seen.Add(reference) && document.Components?.Schemas.TryGetValue(source.Reference.Id, out OpenApiSchema? found) == true
                ? found!
                : throw new ManifestException($"The reference '{reference}' leads out of the manifest or to nothing; only references inside the file are followed.");
        }

        return source;
    }

    private Schema[] All(IList<OpenApiSchema> sources) => [.. sources.Select(source => Get(source)!)];

    private static Dictionary<string, JsonElement> Allowed(IList<IOpenApiAny> values)
    {
        Dictionary<string, JsonElement> allowed = new(StringComparer.Ordinal);
        foreach (JsonElement value in values.Select(static value => JsonValue.Parse(Json(value)!)))
        {
            allowed[JsonValue.Canonical(value)] = value;
        }

        return allowed;
    }
}
