namespace Truebit.Bench;

/// <summary>One client in a scenario, and how much it has to do.</summary>
internal sealed record Contender(string Label, Client Client, int Rows, int WarmUp)
{
    public Contender(Client client, int rows, int warmUp)
        : this(client.Name, client, rows, warmUp)
    {
    }
}

/// <summary>What is measured side by side. The first contender is what the others are compared with.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required int ThrottleLimit { get; init; }

    /// <summary>The hub holds the answer for <see cref="LatencyMilliseconds"/>; otherwise the client submits and polls.</summary>
    public required bool Sync { get; init; }

    public int LatencyMilliseconds { get; init; }

    /// <summary>How long a task takes that is polled for; ten percent more or less.</summary>
    public int TaskMilliseconds { get; init; }

    /// <summary>Whether a journal has all rows already: nothing is sent, and the results are replayed.</summary>
    public bool IsReplay { get; init; }

    /// <summary>The baseline's name in the table's head.</summary>
    public string Baseline { get; init; } = "plain";

    /// <summary>What the clients find in their environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public required IReadOnlyList<Contender> Contenders { get; init; }

    /// <summary>Executions a second that no client can exceed.</summary>
    public double Ideal => 1000.0 * ThrottleLimit / (Sync ? LatencyMilliseconds : TaskMilliseconds);

    /// <summary>
    /// All scenarios; rows are chosen so that a measurement takes five to ten seconds on two cores, and those before it so many that
    /// the compiler has come to an end.
    /// </summary>
    public static IReadOnlyList<Scenario> All(int divisor) =>
    [
        Held(32, Usual(rows: 10_000 / divisor, warmUp: 20_000 / divisor, today: 1_000 / divisor)),
        Held(256, Usual(rows: 60_000 / divisor, warmUp: 100_000 / divisor, today: 1_000 / divisor)),
        WithUsualCache(Held(256, Usual(rows: 60_000 / divisor, warmUp: 100_000 / divisor, today: 1_000 / divisor))),
        new()
        {
            Name = "poll-500",
            Title = "Submit and poll, tasks of 0.9 to 1.1 s, ThrottleLimit 500",
            ThrottleLimit = 500,
            Sync = false,
            TaskMilliseconds = 1_000,
            Contenders = Usual(rows: 5_000 / divisor, warmUp: 3_000 / divisor, today: 1_500 / divisor),
        },
        Length("length", divisor, [2_000, 200_000, 100, 100_000]),
        WithUsualCache(Length("memory", divisor, [2_000, 200_000])),
        Million(divisor),
    ];

    private static Contender[] Usual(int rows, int warmUp, int today) =>
    [
        new(ClientProcess.Plain, rows, warmUp),
        new(ClientProcess.Module, rows, warmUp),
        new(ClientProcess.ModuleWithJournal, rows, warmUp),
        new(ClientProcess.ModuleWithManifest, rows, warmUp),
        new(ClientProcess.Parallel, today, 50),
    ];

    private static Scenario Held(int limit, Contender[] contenders) => new()
    {
        Name = $"sync-{limit}",
        Title = $"-Sync, 20 ms at the hub, ThrottleLimit {limit}",
        ThrottleLimit = limit,
        Sync = true,
        LatencyMilliseconds = 20,
        Contenders = contenders,
    };

    /// <summary>
    /// The collector lets garbage grow to the size of the processor's cache before it looks, and many virtual machines hide that
    /// size: then it looks after 6 MiB. With the budget of a usual cache a measurement tells of the module, on any machine.
    /// </summary>
    private static Scenario WithUsualCache(Scenario scenario) => scenario with
    {
        Name = $"{scenario.Name}-cache",
        Title = $"{scenario.Title}, gen0 budget 16 MiB",
        Environment = new Dictionary<string, string> { ["DOTNET_GCgen0size"] = "1000000" },
    };

    /// <summary>The same command over a journal in which all rows have ended.</summary>
    private static Scenario Million(int divisor)
    {
        int[] lengths = [10_000, 100_000, 1_000_000];
        return new()
        {
            Name = "million",
            Title = "A second run over a journal in which all rows have ended: nothing is sent, no warm-up",
            ThrottleLimit = 256,
            Sync = true,
            LatencyMilliseconds = 2,
            IsReplay = true,
            Baseline = $"{lengths[0] / divisor:N0}",
            Contenders =
            [
                .. lengths.Select(length => new Contender($"{length / divisor:N0} rows", ClientProcess.ModuleWithJournal, length / divisor, 0)),
                new Contender($"Get-TruebitJournal, {1_000_000 / divisor:N0} rows", ClientProcess.ReadJournal, 1_000_000 / divisor, 0),
            ],
        };
    }

    private static Scenario Length(string name, int divisor, int[] lengths) => new()
    {
        Name = name,
        Title = $"The input's length: -Sync, 2 ms at the hub, ThrottleLimit 32, no warm-up",
        ThrottleLimit = 32,
        Sync = true,
        LatencyMilliseconds = 2,
        Baseline = $"{lengths[0] / divisor:N0}",
        Contenders = [.. lengths.Select(length => new Contender($"{length / divisor:N0} rows", ClientProcess.Module, length / divisor, 0))],
    };
}
