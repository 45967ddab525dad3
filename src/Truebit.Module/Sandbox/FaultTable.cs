using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Truebit.Json;
using Truebit.Sandbox;

namespace Truebit;

/// <summary>Parses the table of Start-TruebitSandbox -Fault.</summary>
internal static class FaultTable
{
    private static readonly SecondsTransformationAttribute Seconds = new();

    private static readonly Member[] Members =
    [
        new("ResetBefore", "0.1", static (faults, name, value) => faults with { ResetBefore = Probability(name, value) }),
        new("LoseAnswer", "0.1", static (faults, name, value) => faults with { LoseAnswer = Probability(name, value) }),
        new("ServerError", "0.1", static (faults, name, value) => faults with { ServerError = Probability(name, value) }),
        new("BadGateway", "0.1", static (faults, name, value) => faults with { BadGateway = Probability(name, value) }),
        new("TooManyRequests", "0.1", static (faults, name, value) => faults with { TooManyRequests = Probability(name, value) }),
        new("CutOff", "0.1", static (faults, name, value) => faults with { CutOff = Probability(name, value) }),
        new("Slow", "0.1", static (faults, name, value) => faults with { Slow = Probability(name, value) }),
        new("Redirect", "0.1", static (faults, name, value) => faults with { Redirect = Probability(name, value) }),
        new("Unavailable503", "0.1", static (faults, name, value) => faults with { Unavailable503 = Probability(name, value) }),
        new("SameId", "0.1", static (faults, name, value) => faults with { SameId = Probability(name, value) }),
        new("WrongId", "0.1", static (faults, name, value) => faults with { WrongId = Probability(name, value) }),
        new("HugeAnswer", "0.1", static (faults, name, value) => faults with { HugeAnswer = Probability(name, value) }),
        new("QuoteSecret", "0.1", static (faults, name, value) => faults with { QuoteSecret = Probability(name, value) }),
        new("StatusError", "0.1", static (faults, name, value) => faults with { StatusError = Probability(name, value) }),
        new("RetryAfterSeconds", "5", static (faults, name, value) => faults with { RetryAfterSeconds = Integer(name, value, 0) }),
        new("Seed", "1", static (faults, name, value) => faults with { Seed = Integer(name, value, int.MinValue) }),
        new("SlowLatency", "1", static (faults, name, value) => faults with { SlowLatency = Span(name, value) }),
        new("RecordsNotFoundFor", "1", static (faults, name, value) => faults with { RecordsNotFoundFor = Span(name, value) }),
        new("NotFoundFor", "1", static (faults, name, value) => faults with { NotFoundFor = Span(name, value) }),
    ];

    /// <summary>The faults and settings.</summary>
    public static IEnumerable<string> Names => Members.Select(static member => member.Name);

    /// <summary>A value of a fault or setting, as it is typed.</summary>
    public static string Example(string name) => Array.Find(Members, member => member.Name == name)!.Example;

    /// <exception cref="FieldException">A name is unknown, or a value is not valid for it.</exception>
    public static SandboxFaults Parse(IDictionary table)
    {
        SandboxFaults faults = new();
        foreach (DictionaryEntry entry in table)
        {
            faults = Add(faults, PSJson.Text(entry.Key) ?? "", entry.Value);
        }

        return faults;
    }

    private static SandboxFaults Add(SandboxFaults faults, string name, object? value) =>
        Array.Find(Members, member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is Member known
            ? known.Set(faults, name, value)
            : throw new FieldException(name, $"unknown fault or setting; use {string.Join(", ", Names.Take(Members.Length - 1))} or {Members[Members.Length - 1].Name}");

    private static double Probability(string name, object? value) =>
        double.TryParse(PSJson.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1
            ? number
            : throw Bad(name, value, "a probability from 0 to 1");

    private static int Integer(string name, object? value, int min) =>
        int.TryParse(PSJson.Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min
            ? number
            : throw Bad(name, value, $"a whole number from {min.ToString(CultureInfo.InvariantCulture)} to {int.MaxValue}");

    private static TimeSpan Span(string name, object? value)
    {
        try
        {
            if (LanguagePrimitives.TryConvertTo(Seconds.Transform(null!, PSJson.Unwrap(value)), CultureInfo.InvariantCulture, out TimeSpan span)
                && span >= TimeSpan.Zero
                && span <= SandboxOptions.MaxWait)
            {
                return span;
            }
        }
        catch (ArgumentTransformationMetadataException)
        {
            // The same error as for any other value.
        }

        throw Bad(name, value, "a time from zero to one day (a number is seconds)");
    }

    private static FieldException Bad(string name, object? value, string expected) =>
        new(name, $"the value must be {expected}, but is {(value is null ? "null" : $"'{PSJson.Text(value) ?? value}'")}");

    private sealed record Member(string Name, string Example, Func<SandboxFaults, string, object?, SandboxFaults> Set);
}
