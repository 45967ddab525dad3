using Microsoft.OpenApi.Models;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>A parameter that the manifest declares.</summary>
/// <param name="Name">Its name: in the path template, in the query, or of the header.</param>
/// <param name="IsRequired">Whether a call must give it.</param>
/// <param name="Schema">Its schema; null where any value is allowed.</param>
/// <param name="IsExploded">Whether an array is given as several parameters, rather than as one with commas.</param>
/// <param name="Example">The manifest's own example as JSON text; null where there is none.</param>
internal sealed record Parameter(string Name, bool IsRequired, Schema? Schema, bool IsExploded = false, string? Example = null)
{
    /// <summary>A placeholder of a path that the manifest says nothing more of.</summary>
    public static Parameter Undeclared(string name) => new(name, IsRequired: true, Schema: null);
}

/// <summary>What the manifest says of an operation. Cookies and security are not looked at: a row does not set them.</summary>
internal sealed class OperationRules
{
    /// <summary>Headers that a manifest describes elsewhere, so that parameters of these names count for nothing (OpenAPI 3.0.3, 4.7.12.2).</summary>
    private static readonly string[] IgnoredHeaders = ["Accept", "Content-Type", "Authorization"];

    private readonly OpenApiResponses _responses;
    private readonly SchemaSet _schemas;

    private OperationRules(OpenApiResponses responses, SchemaSet schemas)
    {
        _responses = responses;
        _schemas = schemas;
    }

    public required IReadOnlyDictionary<string, Parameter> Path { get; init; }

    public required IReadOnlyDictionary<string, Parameter> Query { get; init; }

    public required IReadOnlyDictionary<string, Parameter> Headers { get; init; }

    /// <summary>Whether the operation takes a body at all.</summary>
    public required bool TakesBody { get; init; }

    public required bool IsBodyRequired { get; init; }

    /// <summary>The body's schema; null where any JSON is allowed.</summary>
    public required Schema? Body { get; init; }

    /// <summary>The manifest's own example of a body as JSON text; null where there is none.</summary>
    public required string? BodyExample { get; init; }

    public static OperationRules Read(OpenApiPathItem item, OpenApiOperation operation, SchemaSet schemas)
    {
        // An operation's parameter takes the place of its path's.
        Dictionary<(ParameterLocation, string), OpenApiParameter> parameters = [];
        foreach (OpenApiParameter parameter in item.Parameters.Concat(operation.Parameters))
        {
            if (parameter.UnresolvedReference)
            {
                throw new ManifestException($"The reference '{parameter.Reference.ReferenceV3}' leads out of the manifest or to nothing.");
            }

            parameters[(parameter.In ?? ParameterLocation.Query, parameter.Name)] = parameter;
        }

        OpenApiMediaType? media = Media(operation.RequestBody?.Content);
        return new OperationRules(operation.Responses, schemas)
        {
            Path = At(ParameterLocation.Path, StringComparer.Ordinal),
            Query = At(ParameterLocation.Query, StringComparer.Ordinal),
            Headers = At(ParameterLocation.Header, StringComparer.OrdinalIgnoreCase),
            TakesBody = operation.RequestBody is not null,
            IsBodyRequired = operation.RequestBody?.Required == true,
            Body = schemas.Get(media?.Schema),
            BodyExample = Example(media),
        };

        Dictionary<string, Parameter> At(ParameterLocation location, StringComparer names) => parameters
            .Where(entry => entry.Key.Item1 == location && !(location == ParameterLocation.Header && IgnoredHeaders.Contains(entry.Key.Item2, StringComparer.OrdinalIgnoreCase)))
            .ToDictionary(static entry => entry.Key.Item2, entry => Parameter(entry.Value, schemas), names);
    }

    /// <summary>An answer as JSON text: of 200, else of the first that is a success, else the default.</summary>
    public string? Answer()
    {
        OpenApiResponse? response = _responses
            .OrderBy(static entry => entry.Key == "200" ? 0 : entry.Key.StartsWith("2", StringComparison.Ordinal) ? 1 : entry.Key == "default" ? 2 : 3)
            .FirstOrDefault(static entry => entry.Key.StartsWith("2", StringComparison.Ordinal) || entry.Key == "default").Value;
        OpenApiMediaType? media = Media(response?.Content);
        return Example(media) ?? (_schemas.Get(media?.Schema) is Schema schema ? Sample.Of(schema, ofAnswer: true) : null);
    }

    private static Parameter Parameter(OpenApiParameter parameter, SchemaSet schemas) => new(
        parameter.Name,
        parameter.Required || parameter.In == ParameterLocation.Path,
        schemas.Get(parameter.Schema),
        parameter.Explode,
        SchemaSet.Json(parameter.Example ?? parameter.Examples.Values.FirstOrDefault(static example => example.Value is not null)?.Value));

    /// <summary>The hub sends JSON (truebit-api.md 3.1), so its media type counts where there are several.</summary>
    private static OpenApiMediaType? Media(IDictionary<string, OpenApiMediaType>? content) => content?
        .OrderBy(static entry => entry.Key.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ? 0
            : entry.Key.IndexOf("json", StringComparison.OrdinalIgnoreCase) >= 0 ? 1 : 2)
        .Select(static entry => entry.Value)
        .FirstOrDefault();

    private static string? Example(OpenApiMediaType? media) =>
        SchemaSet.Json(media?.Example ?? media?.Examples.Values.FirstOrDefault(static example => example.Value is not null)?.Value);
}
