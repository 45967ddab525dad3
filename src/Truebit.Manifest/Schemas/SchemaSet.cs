using Truebit.Manifest.Documents;

namespace Truebit.Manifest.Schemas;

/// <summary>
/// The schemas of a manifest, each made ready once: by its place, so that all references to it find the same. They are made ready one
/// after the other and not inside each other, so that a chain of references may be as long as it likes.
/// </summary>
internal sealed class SchemaSet
{
    /// <summary>A schema takes one to two kilobytes. No public document has as many.</summary>
    private const int MostSchemas = 20_000;

    private readonly Dictionary<string, Schema> _schemas = new(StringComparer.Ordinal);
    private readonly Queue<(Schema Schema, Part Source)> _waiting = new();
    private readonly SchemaReader _reader;

    public SchemaSet(ManifestDocument document)
    {
        Document = document;
        _reader = new SchemaReader(this);
    }

    public ManifestDocument Document { get; }

    /// <summary>Keywords that are not followed, each with its place.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>The schema made ready, with all that it is made of; null where there is none.</summary>
    /// <exception cref="ManifestException">A part of it cannot be followed.</exception>
    public Schema? Get(Part? source)
    {
        if (source is not Part part)
        {
            return null;
        }

        lock (_schemas)
        {
            Schema user = new();
            Schema schema = Find(part, user);
            while (_waiting.Count > 0)
            {
                (Schema next, Part its) = _waiting.Dequeue();
                Fill(next, its);
            }

            return user.Problem is null ? schema : throw new ManifestException(user.Problem);
        }
    }

    /// <summary>The schema at a place, which is made ready before <see cref="Get"/> returns.</summary>
    /// <param name="part">The place.</param>
    /// <param name="user">The schema that is made of it.</param>
    public Schema Find(Part part, Schema user)
    {
        // Beside a reference, other keywords count for nothing in OpenAPI 3.0.
        Schema schema = IsReferenceOnly(part) && Document.TryFollow(ref part) is string problem ? Broken(problem) : Known(part);
        schema.AddUser(user);
        return schema;
    }

    private bool IsReferenceOnly(Part part) =>
        part.Member("$ref") is not null && (Document.IsOld || part.Value.EnumerateObject().Count() == 1);

    private Schema Known(Part part)
    {
        if (part.IsFlag)
        {
            return part.IsTrue ? Schema.Any : Schema.None;
        }

        if (!part.IsObject)
        {
            return Broken($"the schema at {part.Pointer} is neither an object nor true or false.");
        }

        string place = part.Pointer.ToString();
        if (!_schemas.TryGetValue(place, out Schema? schema))
        {
            if (_schemas.Count >= MostSchemas)
            {
                return Broken($"the manifest's calls have more than {MostSchemas} schemas.");
            }

            schema = new Schema { AllowsZeroFraction = !Document.IsOld };
            _schemas.Add(place, schema);
            _waiting.Enqueue((schema, part));
        }

        return schema;
    }

    private void Fill(Schema schema, Part source)
    {
        try
        {
            _reader.Fill(schema, source);
        }
        catch (ManifestException e)
        {
            schema.Break(e.Message);
        }

        if (source.Member("$ref") is Part reference)
        {
            Schema target = Document.TryTarget(reference, out Part place) is string problem ? Broken(problem) : Find(place, schema);
            target.AddUser(schema);
            schema.AllOf = [target, .. schema.AllOf];
        }
    }

    private static Schema Broken(string problem)
    {
        Schema schema = new();
        schema.Break(problem);
        return schema;
    }
}
