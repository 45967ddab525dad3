using Truebit.Manifest.Documents;
using Truebit.Manifest.Samples;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>Makes what a target may answer.</summary>
internal static class OperationAnswer
{
    /// <summary>The answer as JSON text: of 200, else of the first that is a success, else the default; null where the manifest says nothing.</summary>
    /// <exception cref="ManifestException">A part of it cannot be followed.</exception>
    public static string? Of(Part operation, SchemaSet schemas)
    {
        Part? response = (operation.Member("responses")?.Members() ?? [])
            .Where(static entry => entry.Name.StartsWith("2", StringComparison.Ordinal) || entry.Name == "default")
            .OrderBy(static entry => entry.Name == "200" ? 0 : entry.Name == "default" ? 2 : 1)
            .Select(static entry => (Part?)entry.Value)
            .FirstOrDefault();
        Part? media = response is Part named ? OperationRules.Media(schemas.Document.Follow(named).Member("content"), schemas) : null;
        IReadOnlyList<string> examples = OperationRules.Examples(media, schemas);
        return schemas.Get(media?.Member("schema")) is Schema schema ? new Sampler(ofAnswer: true).Of(schema, examples).Json : examples.FirstOrDefault();
    }
}
