namespace Truebit.Bench;

/// <summary>One measurement: what the client says of itself, and what the hub has counted.</summary>
internal sealed record Sample(ClientResult Client, HubStats Hub)
{
    public double Rate => Client.Rows / Client.Seconds;

    public double CpuPerRow => Client.CpuSeconds / Client.Rows;

    public double PollsPerExecution => (double)Hub.StatusQueries / Hub.Executions;

    /// <summary>Between the end of an execution at the hub and the moment when the client is told, as a part of its time.</summary>
    public double Added => Hub.LateSeconds / Hub.TaskSeconds;
}

/// <summary>A scenario's samples: by contender, then by round.</summary>
internal sealed record ScenarioResult(Scenario Scenario, IReadOnlyList<IReadOnlyList<Sample>> Samples);

/// <summary>Runs scenarios; within one, the clients take turns, so that what disturbs the machine disturbs them all.</summary>
internal static class Runner
{
    public static async Task<IReadOnlyList<ScenarioResult>> RunAsync(Options options)
    {
        Scenario[] scenarios = [.. Scenario.All(options.Divisor).Where(scenario => options.Scenario is null || scenario.Name == options.Scenario)];
        if (scenarios.Length == 0)
        {
            throw new ArgumentException($"Scenarios: {string.Join(", ", Scenario.All(1).Select(static scenario => scenario.Name))}.");
        }

        using HubProcess hub = await HubProcess.StartAsync();
        await WarmUpAsync(hub);
        List<ScenarioResult> results = [];
        foreach (Scenario scenario in scenarios)
        {
            List<Sample>[] samples = [.. scenario.Contenders.Select(static _ => new List<Sample>())];
            for (int round = 1; round <= options.Rounds; round++)
            {
                foreach ((int at, Contender contender) in scenario.Contenders.Index())
                {
                    Sample sample = await MeasureAsync(hub, scenario, contender);
                    samples[at].Add(sample);
                    Console.WriteLine(
                        $"{scenario.Name} {round}/{options.Rounds} {contender.Label}: {sample.Rate:0} rows/s, {sample.CpuPerRow * 1e6:0} µs CPU a row (load {Machine.Load()})");
                }
            }

            results.Add(new ScenarioResult(scenario, samples));
        }

        return results;
    }

    /// <summary>The hub's code is compiled before anything counts.</summary>
    private static async Task WarmUpAsync(HubProcess hub)
    {
        Scenario scenario = Scenario.All(1)[0];
        await MeasureAsync(hub, scenario, new Contender(ClientProcess.Plain, 5_000, 0));
    }

    private static async Task<Sample> MeasureAsync(HubProcess hub, Scenario scenario, Contender contender)
    {
        await hub.ResetAsync(scenario.LatencyMilliseconds, scenario.TaskMilliseconds);
        Job job = new()
        {
            Hub = hub.Address,
            Control = hub.Control,
            Rows = contender.Rows,
            WarmUp = contender.WarmUp,
            ThrottleLimit = scenario.ThrottleLimit,
            Sync = scenario.Sync,
            TaskMilliseconds = scenario.TaskMilliseconds,
            IsReplay = scenario.IsReplay,
        };
        ClientResult client = await ClientProcess.RunAsync(contender.Client, job);
        HubStats stats = await hub.StatsAsync();

        // What loses rows, or sends them twice, is not fast.
        return client.Rows == job.Rows && stats.Executions == (job.IsReplay ? 0 : job.Rows)
            ? new Sample(client, stats)
            : throw new BenchException($"{contender.Label}: {job.Rows} rows, {stats.Executions} executions, {client.Rows} results.");
    }
}
