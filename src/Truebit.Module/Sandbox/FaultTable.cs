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

    private static SandboxFaults Add(SandboxFaults faults, string name, object? value) => name.ToUpperInvariant() switch
    {
        "RESETBEFORE" => faults with { ResetBefore = Probability(name, value) },
        "LOSEANSWER" => faults with { LoseAnswer = Probability(name, value) },
        "SERVERERROR" => faults with { ServerError = Probability(name, value) },
        "BADGATEWAY" => faults with { BadGateway = Probability(name, value) },
        "TOOMANYREQUESTS" => faults with { TooManyRequests = Probability(name, value) },
        "CUTOFF" => faults with { CutOff = Probability(name, value) },
        "SLOW" => faults with { Slow = Probability(name, value) },
        "REDIRECT" => faults with { Redirect = Probability(name, value) },
        "UNAVAILABLE503" => faults with { Unavailable503 = Probability(name, value) },
        "SAMEID" => faults with { SameId = Probability(name, value) },
        "WRONGID" => faults with { WrongId = Probability(name, value) },
        "HUGEANSWER" => faults with { HugeAnswer = Probability(name, value) },
        "QUOTESECRET" => faults with { QuoteSecret = Probability(name, value) },
        "STATUSERROR" => faults with { StatusError = Probability(name, value) },
        "RETRYAFTERSECONDS" => faults with { RetryAfterSeconds = Integer(name, value, 0) },
        "SEED" => faults with { Seed = Integer(name, value, int.MinValue) },
        "SLOWLATENCY" => faults with { SlowLatency = Span(name, value) },
        "RECORDSNOTFOUNDFOR" => faults with { RecordsNotFoundFor = Span(name, value) },
        "NOTFOUNDFOR" => faults with { NotFoundFor = Span(name, value) },
        _ => throw new FieldException(
            name,
            "unknown fault or setting; use ResetBefore, LoseAnswer, ServerError, BadGateway, TooManyRequests, CutOff, Slow, Redirect,"
                + " Unavailable503, SameId, WrongId, HugeAnswer, QuoteSecret, StatusError, NotFoundFor, RecordsNotFoundFor, RetryAfterSeconds, SlowLatency and Seed"),
    };

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
}
