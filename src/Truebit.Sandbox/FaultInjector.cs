using System.Text;

namespace Truebit.Sandbox;

/// <summary>Draws what goes wrong, and makes it happen to answers.</summary>
internal sealed class FaultInjector(SandboxFaults faults)
{
    private static readonly byte[] GatewayPage = Encoding.UTF8.GetBytes(
        "<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1><p>Injected sandbox fault.</p></body>\n</html>\n");

    private readonly IReadOnlyList<(Fault Fault, string Name, double Probability)> _ofSubmissions = faults.OfSubmissions;
    private readonly object _lock = new();
    private readonly Random _submissions = new(faults.Seed);

    // Apart: how often a client asks for the status must not change what its submissions suffer.
    private readonly Random _statusQueries = new(~faults.Seed);

    /// <summary>What the next submission suffers. One number is drawn for each, whatever the probabilities are.</summary>
    public Fault Draw()
    {
        double left = Next(_submissions);
        foreach ((Fault fault, _, double probability) in _ofSubmissions)
        {
            left -= probability;
            if (left < 0)
            {
                return fault;
            }
        }

        return Fault.None;
    }

    /// <summary>What is answered in place of handling the submission; null where it is to be handled.</summary>
    /// <param name="fault">What it suffers.</param>
    /// <param name="key">The key that came along.</param>
    /// <param name="body">The submission.</param>
    public SandboxResponse? InsteadOfHandling(Fault fault, string? key, byte[] body) => fault switch
    {
        Fault.ResetBefore => SandboxResponse.Nothing,
        Fault.ServerError => new SandboxResponse(500, ResponseBody.Message("Internal server error (injected sandbox fault)")),
        Fault.BadGateway => new SandboxResponse(502, GatewayPage) { ContentType = "text/html" },
        Fault.TooManyRequests => new SandboxResponse(429, ResponseBody.Message("too many requests (injected sandbox fault)"))
        {
            RetryAfterSeconds = faults.RetryAfterSeconds,
        },
        Fault.QuoteSecret => new SandboxResponse(
            400, ResponseBody.Message($"bad request from x-api-key {key}: {Encoding.UTF8.GetString(body)} (injected sandbox fault)")),
        _ => null,
    };

    /// <summary>What is answered in place of the id or the result of an accepted submission; null where these are.</summary>
    /// <param name="fault">What it suffers.</param>
    /// <param name="first">The sandbox's first execution.</param>
    public SandboxResponse? InsteadOfAnswer(Fault fault, Execution? first) => fault switch
    {
        Fault.Redirect => new SandboxResponse(303, []) { Location = "https://elsewhere.example/" },
        Fault.Unavailable503 => new SandboxResponse(503, ResponseBody.Message("backend fetch failed (injected sandbox fault)"))
        {
            RetryAfterSeconds = faults.RetryAfterSeconds,
        },
        Fault.SameId when first is not null => new SandboxResponse(200, ResponseBody.Id(first.Id)),
        _ => null,
    };

    /// <summary>Whether the id of an accepted execution gets through.</summary>
    public static bool TellsId(Fault fault) =>
        fault is not (Fault.LoseAnswer or Fault.CutOff or Fault.Redirect or Fault.Unavailable503 or Fault.SameId);

    /// <summary>The answer to a question for an execution's status, or its result in the answer to a submission.</summary>
    public static SandboxResponse AnswerOf(Execution execution, byte[] body, Delivery delivery = Delivery.Whole) => new(200, body)
    {
        Delivery = delivery,
        Padding = execution.Fault == Fault.HugeAnswer && execution.IsFinished ? SandboxFaults.HugeAnswerSize : 0,
    };

    /// <summary>How much of the answer to an accepted submission gets through.</summary>
    public static Delivery DeliveryOf(Fault fault) => fault switch
    {
        Fault.LoseAnswer => Delivery.None,
        Fault.CutOff => Delivery.Half,
        _ => Delivery.Whole,
    };

    /// <summary>How long an accepted execution takes.</summary>
    public TimeSpan LatencyOf(Fault fault, TimeSpan usual) => fault == Fault.Slow ? faults.SlowLatency : usual;

    /// <summary>Whether an execution is too young to be found.</summary>
    public bool Hides(Execution execution) => faults.NotFoundFor > TimeSpan.Zero && execution.Age < faults.NotFoundFor;

    /// <summary>Whether an execution's transcript and invoice are not there yet.</summary>
    public bool HidesRecords(Execution execution) => execution.AgeOfResult < faults.RecordsNotFoundFor;

    /// <summary>The status code with which the next status query fails; null where it does not.</summary>
    public int? DrawStatusError()
    {
        double drawn = Next(_statusQueries);
        return drawn >= faults.StatusError ? null : drawn < faults.StatusError / 2 ? 500 : 503;
    }

    private double Next(Random random)
    {
        // A Random that is used by two threads at once ends up giving zeros.
        lock (_lock)
        {
            return random.NextDouble();
        }
    }
}
