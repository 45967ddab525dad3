namespace Truebit.Bench;

/// <summary>One client in a scenario, and how much it has to do.</summary>
/// <param name="Label">Its name in the table.</param>
/// <param name="Client">What runs.</param>
/// <param name="Rows">Rows that are measured.</param>
/// <param name="WarmUp">Rows before them, in blocks of so many, until one is not quicker than those before it; 0 for a cold start.</param>
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

    public required IReadOnlyList<Contender> Contenders { get; init; }

    /// <summary>Executions a second that no client can exceed.</summary>
    public double Ideal => 1000.0 * ThrottleLimit / (Sync ? LatencyMilliseconds : TaskMilliseconds);

    /// <summary>All scenarios; rows are chosen so that a measurement takes five to ten seconds on two cores.</summary>
    public static IReadOnlyList<Scenario> All(int divisor) =>
    [
        Held(32, Warm(rows: 10_000 / divisor, block: 5_000 / divisor)),
        Held(256, Warm(rows: 60_000 / divisor, block: 20_000 / divisor)),
        Cold(32, rows: 3_000 / divisor),
        Cold(256, rows: 3_000 / divisor),
        new()
        {
            Name = "poll-500",
            Title = "Submit and poll, tasks of 0.9 to 1.1 s, ThrottleLimit 500",
            ThrottleLimit = 500,
            Sync = false,
            TaskMilliseconds = 1_000,
            Contenders = [.. Usual(rows: 5_000 / divisor, block: 2_000 / divisor), new(ClientProcess.Parallel, 1_500 / divisor, 50)],
        },
        Length(divisor, [2_000, 200_000, 100, 100_000]),
        Million(divisor),
    ];

    private static Contender[] Usual(int rows, int block) =>
    [
        new(ClientProcess.Plain, rows, block),
        new(ClientProcess.Module, rows, block),
        new(ClientProcess.ModuleWithJournal, rows, block),
        new(ClientProcess.ModuleWithManifest, rows, block),
    ];

    private static Contender[] Warm(int rows, int block) =>
    [
        .. Usual(rows, block),
        new(ClientProcess.ModuleAsRow, rows, block),
        new(ClientProcess.PlainCmdlet, rows, block),
        new(ClientProcess.Parallel, rows / 60, 50),
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

    /// <summary>What most runs are: a process that has just started, and is compiled while it works.</summary>
    private static Scenario Cold(int limit, int rows) => Held(limit, []) with
    {
        Name = $"cold-{limit}",
        Title = $"The first {rows:N0} rows of a process, -Sync, 20 ms at the hub, ThrottleLimit {limit}",
        Contenders =
        [
            new(ClientProcess.Plain, rows, 0),
            new(ClientProcess.Module, rows, 0),
            new(ClientProcess.ModuleWithJournal, rows, 0),
            new(ClientProcess.PlainCmdlet, rows, 0),
        ],
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
                new Contender($"cmdlet that only reads rows, {1_000_000 / divisor:N0} rows", ClientProcess.ReadOnlyCmdlet, 1_000_000 / divisor, 0),
            ],
        };
    }

    private static Scenario Length(int divisor, int[] lengths) => new()
    {
        Name = "length",
        Title = "The input's length: -Sync, 2 ms at the hub, ThrottleLimit 32, no warm-up",
        ThrottleLimit = 32,
        Sync = true,
        LatencyMilliseconds = 2,
        Baseline = $"{lengths[0] / divisor:N0}",
        Contenders = [.. lengths.Select(length => new Contender($"{length / divisor:N0} rows", ClientProcess.Module, length / divisor, 0))],
    };
}
