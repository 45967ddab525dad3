using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>Collects what is wrong with a call or a part of it.</summary>
/// <param name="budget">The work that may be done.</param>
internal sealed class Findings(Budget budget)
{
    private const int DeepestNesting = 600;
    private const int MostProblems = 1000;

    private int _depth;

    /// <summary>False for headers: their values are secrets.</summary>
    public bool ShowsValues { get; init; } = true;

    /// <summary>Whether it is an answer that is checked, and not a request: then <c>readOnly</c> properties are asked for, and <c>writeOnly</c> ones are not.</summary>
    public bool OfAnswer { get; init; }

    public List<ManifestProblem> Problems { get; } = [];

    public bool IsValid => Problems.Count == 0;

    public void Add(Place place, string rule, string expected, JsonElement found, bool isSecret = false) =>
        Add(place, rule, expected, ShowsValues && !isSecret ? JsonValue.Quote(found) : "something else (the value is not shown)");

    public void Add(Place place, string rule, string expected, string? found)
    {
        if (Problems.Count < MostProblems)
        {
            Problems.Add(new ManifestProblem(place.ToString(), rule, expected, found));
        }
    }

    /// <summary>Findings for trying a value: they count only if somebody adds them here.</summary>
    public Findings Try() => new(budget) { ShowsValues = ShowsValues, OfAnswer = OfAnswer, _depth = _depth };

    /// <summary>Begins a schema. Schemas may refer to themselves; one that does so without going deeper into the value never ends.</summary>
    /// <exception cref="ManifestException">There is no end to it.</exception>
    public void Enter(Place place)
    {
        if (++_depth > DeepestNesting)
        {
            throw new ManifestException($"the schema of {place} refers to itself without end, or the value is nested too deep.");
        }

        budget.Spend(place);
    }

    public void Leave() => _depth--;

    /// <summary>Counts work that depends on the length of a text.</summary>
    /// <exception cref="ManifestException">It is too much.</exception>
    public void Spend(Place place, long characters) => budget.Spend(place, characters);

    /// <summary>One text for all spellings of a value, see <see cref="JsonValue.Canonical"/>. Each of its characters is a step.</summary>
    /// <exception cref="ManifestException">It has been asked for too often.</exception>
    public string Canonical(Place place, JsonElement value)
    {
        string text = JsonValue.Canonical(value);
        budget.Spend(place, (long)text.Length * Budget.CharactersInStep);
        return text;
    }
}
