using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>The keywords that combine schemas: <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, <c>not</c> and <c>if</c>.</summary>
internal static class CombinationCheck
{
    public static void Check(Schema schema, JsonElement value, Place place, Findings findings, Evaluated? seen)
    {
        foreach (Schema part in schema.AllOf)
        {
            SchemaCheck.Check(part, value, place, findings, seen);
        }

        CheckChoice("anyOf", schema.AnyOf, static fitting => fitting >= 1, value, place, findings, seen);
        CheckChoice("oneOf", schema.OneOf, static fitting => fitting == 1, value, place, findings, seen);
        if (schema.Not is not null && Try(schema.Not, value, place, findings).IsValid)
        {
            findings.Add(place, "not", schema == Schema.None ? "left out" : "something else", value, schema.IsSecret);
        }

        if (schema.If is not null && (Try(schema.If, value, place, findings, seen).IsValid ? schema.Then : schema.Else) is Schema then)
        {
            SchemaCheck.Check(then, value, place, findings, seen);
        }
    }

    /// <summary>What would be wrong with the value by this schema.</summary>
    public static Findings Try(Schema schema, JsonElement value, Place place, Findings findings, Evaluated? seen = null)
    {
        Findings trial = findings.Try();
        Evaluated? tried = seen is null ? null : new Evaluated();
        SchemaCheck.Check(schema, value, place, trial, tried);
        if (trial.IsValid && tried is not null)
        {
            seen!.Add(tried);
        }

        return trial;
    }

    private static void CheckChoice(string rule, Schema[] choices, Func<int, bool> isRight, JsonElement value, Place place, Findings findings, Evaluated? seen)
    {
        if (choices.Length == 0)
        {
            return;
        }

        Findings[] tries = [.. choices.Select(choice => Try(choice, value, place, findings, seen))];
        int fitting = tries.Count(static one => one.IsValid);
        if (isRight(fitting))
        {
            return;
        }

        if (fitting > 1)
        {
            findings.Add(place, rule, $"valid against exactly one of {choices.Length} schemas", $"valid against {fitting} of them");
            return;
        }

        // The kind that was meant is the one with the fewest problems.
        Findings nearest = tries.OrderBy(static one => one.Problems.Count).First();
        findings.Add(place, rule, $"valid against one of {choices.Length} schemas", $"not; the nearest says: {nearest.Problems[0]}");
    }
}
