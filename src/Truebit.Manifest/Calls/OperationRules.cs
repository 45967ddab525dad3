using Truebit.Manifest.Documents;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>What the manifest says of an operation. Cookies and security are not looked at: a row does not set them.</summary>
internal sealed class OperationRules
{
    /// <summary>Headers that a manifest describes elsewhere, so that parameters of these names count for nothing (OpenAPI 3.0.3, 4.7.12.2).</summary>
    private static readonly string[] IgnoredHeaders = ["Accept", "Content-Type", "Authorization"];

    private OperationRules()
    {
    }

    public required IReadOnlyDictionary<string, Parameter> Path { get; init; }

    public required IReadOnlyDictionary<string, Parameter> Query { get; init; }

    public required IReadOnlyDictionary<string, Parameter> Headers { get; init; }

    /// <summary>Whether the query is described as a whole (OpenAPI 3.2, <c>in: querystring</c>); it is not checked then.</summary>
    public required bool TakesAnyQuery { get; init; }

    /// <summary>Whether the operation takes a body at all.</summary>
    public required bool TakesBody { get; init; }

    public required bool IsBodyRequired { get; init; }

    /// <summary>The body's schema; null where any JSON is allowed.</summary>
    public required Schema? Body { get; init; }

    /// <summary>The manifest's own examples of a body as JSON text.</summary>
    public required IReadOnlyList<string> BodyExamples { get; init; }

    /// <exception cref="ManifestException">A part of the operation cannot be followed.</exception>
    public static OperationRules Read(Part item, Part operation, SchemaSet schemas)
    {
        // An operation's parameter takes the place of its path's.
        Dictionary<(string In, string Name), Part> parameters = [];
        foreach (Part parameter in Items(item).Concat(Items(operation)).Select(schemas.Document.Follow))
        {
            parameters[(In(parameter), Name(parameter))] = parameter;
        }

        Part? body = operation.Member("requestBody") is Part named ? schemas.Document.Follow(named) : null;
        Part? media = Media(body?.Member("content"), schemas);
        return new OperationRules
        {
            Path = At("path", StringComparer.Ordinal),
            Query = At("query", StringComparer.Ordinal),
            Headers = At("header", StringComparer.OrdinalIgnoreCase),
            TakesAnyQuery = parameters.Keys.Any(static key => key.In == "querystring"),
            TakesBody = body is not null,
            IsBodyRequired = body?.Member("required")?.IsTrue == true,
            Body = schemas.Get(media?.Member("schema")),
            BodyExamples = Examples(media, schemas),
        };

        static IEnumerable<Part> Items(Part from) => from.Member("parameters")?.Items() ?? [];

        Dictionary<string, Parameter> At(string location, StringComparer names)
        {
            Dictionary<string, Parameter> found = new(names);
            foreach (KeyValuePair<(string In, string Name), Part> entry in parameters.Where(entry => entry.Key.In == location))
            {
                if (location != "header" || !IgnoredHeaders.Contains(entry.Key.Name, StringComparer.OrdinalIgnoreCase))
                {
                    found[entry.Key.Name] = ReadParameter(entry.Value, schemas);
                }
            }

            return found;
        }
    }

    /// <summary>The media type that counts of a body: the hub sends JSON (truebit-api.md 3.1).</summary>
    public static Part? Media(Part? content, SchemaSet schemas) => (content?.Members() ?? [])
        .OrderBy(static entry => entry.Name.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) ? 0
            : entry.Name.IndexOf("json", StringComparison.OrdinalIgnoreCase) >= 0 ? 1 : 2)
        .Select(entry => (Part?)schemas.Document.Follow(entry.Value))
        .FirstOrDefault();

    /// <summary>The examples of a body or a parameter. One that refers to nothing is none.</summary>
    public static IReadOnlyList<string> Examples(Part? described, SchemaSet schemas)
    {
        IEnumerable<Part?> many = (described?.Member("examples")?.Members() ?? []).Select(entry => Value(entry.Value));
        return [.. many.Prepend(described?.Member("example")).Where(static example => example is not null).Select(static example => JsonValue.Compact(example!.Value.Value))];

        Part? Value(Part example)
        {
            try
            {
                Part followed = schemas.Document.Follow(example);
                return followed.Member("value") ?? followed.Member("dataValue");
            }
            catch (ManifestException)
            {
                return null;
            }
        }
    }

    private static Parameter ReadParameter(Part parameter, SchemaSet schemas)
    {
        string style = parameter.Member("style")?.Text ?? (In(parameter) is "query" or "cookie" ? "form" : "simple");
        return new Parameter(
            Name(parameter),
            In(parameter) == "path" || parameter.Member("required")?.IsTrue == true,
            schemas.Get(parameter.Member("schema")),
            parameter.Member("explode")?.IsTrue ?? style == "form",
            Examples(parameter, schemas));
    }

    private static string In(Part parameter) => parameter.Member("in")?.Text ?? "query";

    private static string Name(Part parameter) => parameter.Member("name")?.Text ?? throw new ManifestException($"the parameter at {parameter.Pointer} has no name.");
}
