using System.Text.Json;

namespace Truebit.Manifest.Checks;

/// <summary>
/// How much work may be done for one check. Schemas that branch into each other again and again would take longer than anybody waits,
/// and the limit turns them into an error.
/// </summary>
/// <param name="steps">How many steps may be taken.</param>
/// <param name="values">What is checked: large values may take more steps.</param>
internal sealed class Budget(long steps, params JsonElement[] values)
{
    /// <summary>How many characters of a text are looked at in one step.</summary>
    public const int CharactersInStep = 100;

    private const int StepsForEachPart = 200;

    private long _left = steps;
    private bool _isExtended;

    /// <summary>The budget for one check of these values.</summary>
    public static Budget OfCheck(params JsonElement[] values) => new(100_000, values);

    /// <summary>Takes one step, and one more for every hundred characters.</summary>
    /// <exception cref="ManifestException">All are taken.</exception>
    public void Spend(Place place, long characters = 0)
    {
        _left -= 1 + (characters / CharactersInStep);
        if (_left < 0 && !_isExtended)
        {
            _isExtended = true;
            _left += StepsForEachPart * values.Sum(Parts);
        }

        if (_left < 0)
        {
            throw new ManifestException($"the schema of {place} has too many branches, or refers to itself without end.");
        }
    }

    /// <summary>The parts of a value: all that is in it, and long texts by their length.</summary>
    private static long Parts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Sum(static member => 1 + Parts(member.Value)),
        JsonValueKind.Array => 1 + value.EnumerateArray().Sum(Parts),
        JsonValueKind.String or JsonValueKind.Number => 1 + (value.GetRawText().Length / CharactersInStep),
        _ => 1,
    };
}
