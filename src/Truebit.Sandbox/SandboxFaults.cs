namespace Truebit.Sandbox;

/// <summary>
/// What a sandbox does wrong on purpose. The members of type double are probabilities, 0 (the default) to 1. Each
/// submission suffers at most one fault: one number is drawn for it, so those of the submissions add up to at most 1.
/// </summary>
public sealed record SandboxFaults
{
    /// <summary>The connection is reset and the submission not executed.</summary>
    public double ResetBefore { get; init; }

    /// <summary>The submission is executed and charged, and the connection is reset in place of the answer.</summary>
    public double LoseAnswer { get; init; }

    /// <summary>The answer is 500; not executed.</summary>
    public double ServerError { get; init; }

    /// <summary>The answer is 502 with a page in HTML, as a proxy before the hub would write it; not executed.</summary>
    public double BadGateway { get; init; }

    /// <summary>The answer is 429 with a Retry-After of <see cref="RetryAfterSeconds"/>; not executed.</summary>
    public double TooManyRequests { get; init; }

    /// <summary>The submission is executed and charged, and the body of the 200 ends in its middle.</summary>
    public double CutOff { get; init; }

    /// <summary>The execution takes <see cref="SlowLatency"/> in place of <see cref="SandboxOptions.Latency"/>.</summary>
    public double Slow { get; init; }

    /// <summary>The submission is executed and charged, and answered with a 303, as designs do that redirect after a POST.</summary>
    public double Redirect { get; init; }

    /// <summary>
    /// The submission is executed and charged, and answered with a 503 and a Retry-After of <see cref="RetryAfterSeconds"/>, as a cache
    /// does whose patience with the hub is over.
    /// </summary>
    public double Unavailable503 { get; init; }

    /// <summary>The submission is executed and charged, and the answer gives the id of the sandbox's first execution, as a cache does.</summary>
    public double SameId { get; init; }

    /// <summary>Status queries for the execution are answered with another execution's id.</summary>
    public double WrongId { get; init; }

    /// <summary>The result is <see cref="HugeAnswerSize"/> bytes longer than it need be.</summary>
    public double HugeAnswer { get; init; }

    /// <summary>The answer is 400 and quotes the key and the input; not executed.</summary>
    public double QuoteSecret { get; init; }

    /// <summary>A query for a status, a transcript or an invoice is answered 500 or 503, each as often as the other. It is drawn on its own.</summary>
    public double StatusError { get; init; }

    /// <summary>By how many bytes a huge result is longer than others: blanks after its end.</summary>
    public const int HugeAnswerSize = 300 * 1024 * 1024;

    /// <summary>What a 429 or 503 asks to wait, in seconds, 0 or more. The default is 1.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>How long a slow execution takes from its acceptance on, zero to one day. The default is 5 seconds.</summary>
    public TimeSpan SlowLatency { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its acceptance an execution is a 404 to status queries, zero (the default) to one day.</summary>
    public TimeSpan NotFoundFor { get; init; }

    /// <summary>How long after its end an execution's transcript and invoice are a 404, zero (the default) to one day.</summary>
    public TimeSpan RecordsNotFoundFor { get; init; }

    /// <summary>
    /// Where the drawing starts: with the same seed and probabilities, the first submission to arrive suffers the same
    /// fault, the second too, and so on. Unless it is set, it is a random one, to be read here.
    /// </summary>
    public int Seed { get; init; } = new Random(Guid.NewGuid().GetHashCode()).Next();

    /// <summary>The faults of a submission, in the order in which they share the numbers from 0 to 1.</summary>
    internal IReadOnlyList<(Fault Fault, string Name, double Probability)> OfSubmissions =>
    [
        (Fault.ResetBefore, nameof(ResetBefore), ResetBefore),
        (Fault.LoseAnswer, nameof(LoseAnswer), LoseAnswer),
        (Fault.ServerError, nameof(ServerError), ServerError),
        (Fault.BadGateway, nameof(BadGateway), BadGateway),
        (Fault.TooManyRequests, nameof(TooManyRequests), TooManyRequests),
        (Fault.CutOff, nameof(CutOff), CutOff),
        (Fault.Slow, nameof(Slow), Slow),
        (Fault.Redirect, nameof(Redirect), Redirect),
        (Fault.Unavailable503, nameof(Unavailable503), Unavailable503),
        (Fault.SameId, nameof(SameId), SameId),
        (Fault.WrongId, nameof(WrongId), WrongId),
        (Fault.HugeAnswer, nameof(HugeAnswer), HugeAnswer),
        (Fault.QuoteSecret, nameof(QuoteSecret), QuoteSecret),
    ];

    internal void Validate()
    {
        decimal sum = 0;
        foreach ((_, string name, double probability) in OfSubmissions)
        {
            CheckProbability(name, probability);
            // As decimals, 0.1 and 0.2 and 0.7 are 1 and not a little more.
            sum += (decimal)probability;
        }

        if (sum > 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The probabilities of the faults of a submission must add up to at most 1, but add up to {sum}."));
        }

        CheckProbability(nameof(StatusError), StatusError);
        SandboxOptions.Check(RetryAfterSeconds >= 0, nameof(RetryAfterSeconds), "The seconds to retry after must be 0 or more.");
        SandboxOptions.Check(SandboxOptions.IsWait(SlowLatency), nameof(SlowLatency), "The slow latency must be from zero to one day.");
        SandboxOptions.Check(SandboxOptions.IsWait(NotFoundFor), nameof(NotFoundFor), "The time not to be found must be from zero to one day.");
        SandboxOptions.Check(
            SandboxOptions.IsWait(RecordsNotFoundFor), nameof(RecordsNotFoundFor), "The time in which transcripts are not to be found must be from zero to one day.");
    }

    private static void CheckProbability(string name, double value) =>
        SandboxOptions.Check(value is >= 0 and <= 1, name, $"The probability {name} must be from 0 to 1.");
}
