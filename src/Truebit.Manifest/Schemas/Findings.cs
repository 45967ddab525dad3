using System.Text.Json;

namespace Truebit.Manifest.Schemas;

/// <summary>A place in a call: a field and what lies above it. Its name is made only when a problem asks for it.</summary>
internal sealed class Place(Place? parent, string name)
{
    public override string ToString() => parent is null ? name : $"{parent}.{name}";
}

/// <summary>Collects what is wrong with one value.</summary>
/// <param name="showsValues">False for headers: their values are secrets.</param>
internal sealed class Findings(bool showsValues = true)
{
    private const int DeepestNesting = 600;
    private int _depth;

    public List<ManifestProblem> Problems { get; } = [];

    public bool IsValid => Problems.Count == 0;

    public void Add(Place place, string rule, string expected, JsonElement found, bool isSecret = false) =>
        Add(place, rule, expected, showsValues && !isSecret ? JsonValue.Quote(found) : "not that (the value is not shown)");

    public void Add(Place place, string rule, string expected, string? found) => Problems.Add(new ManifestProblem(place.ToString(), rule, expected, found));

    /// <summary>Findings for trying a value: they count only if somebody adds them here.</summary>
    public Findings Try() => new(showsValues) { _depth = _depth };

    /// <summary>Schemas may refer to themselves; one that does so without going deeper into the value never ends.</summary>
    public void Enter(Place place)
    {
        if (++_depth > DeepestNesting)
        {
            throw new ManifestException($"The schema of {place} refers to itself without end, or the value is nested too deep.");
        }
    }

    public void Leave() => _depth--;
}
