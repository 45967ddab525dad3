using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>A parameter that the manifest declares.</summary>
/// <param name="Name">Its name: in the path template, in the query, or of the header.</param>
/// <param name="IsRequired">Whether a call must give it.</param>
/// <param name="Schema">Its schema; null where any value is allowed.</param>
/// <param name="IsExploded">Whether an array is given as several parameters, rather than as one with commas.</param>
/// <param name="Examples">The manifest's own examples as JSON text.</param>
internal sealed record Parameter(string Name, bool IsRequired, Schema? Schema, bool IsExploded, IReadOnlyList<string> Examples)
{
    /// <summary>Whether its value is a list in the query.</summary>
    public bool IsArray => Schema is not null && ValueTypes.Of(Schema) == JsonTypes.Array;

    /// <summary>A placeholder of a path that the manifest says nothing more of.</summary>
    public static Parameter Undeclared(string name) => new(name, IsRequired: true, Schema: null, IsExploded: false, []);
}
