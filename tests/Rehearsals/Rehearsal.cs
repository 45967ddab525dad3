using System.Globalization;
using Truebit.Sandbox;

namespace Truebit.Rehearsals;

/// <summary>
/// Bulk runs through a hub that fails on purpose. Each checks the promise (nothing twice, nothing lost, unknown is called
/// unknown) and returns a line of what it saw. The tests run them small, bench/ at full size.
/// </summary>
internal static class Rehearsal
{
    /// <summary>About what a row takes in a journal.</summary>
    private const int BytesInJournal = 500;

    private static readonly string[] UnknownOnly = ["Success", "OutcomeUnknown"];

    /// <summary>Rows through a hub that resets, loses, refuses, cuts off and delays.</summary>
    public static async Task<string> FaultsAsync(int rows, int limit, CancellationToken cancel)
    {
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions
        {
            Latency = TimeSpan.FromMilliseconds(20),
            Faults = new SandboxFaults
            {
                ResetBefore = 0.02,
                LoseAnswer = 0.01,
                ServerError = 0.01,
                TooManyRequests = 0.02,
                CutOff = 0.01,
                Slow = 0.05,
                SlowLatency = TimeSpan.FromSeconds(1),
                RetryAfterSeconds = 0,
                Seed = 20,
            },
        });
        using TemporaryFile output = new();
        List<(int Row, string End)> ends = await Rows.RunAsync(Rows.Variables(hub.Endpoint, hub.ApiKey, rows, limit, output.Path), cancel);

        Rows.EachOnce(ends, rows);
        Rows.Check(ends.All(static end => UnknownOnly.Contains(end.End)), $"unexpected ends: {string.Join(", ", ends.Select(static end => end.End).Distinct())}");
        Dictionary<int, bool> executed = Executed(hub);
        HashSet<int> unknown = [.. ends.Where(static end => end.End == "OutcomeUnknown").Select(static end => end.Row)];
        Rows.Check(executed.Where(static row => !row.Value).All(row => unknown.Contains(row.Key)), "an answer was lost and not reported");
        Rows.Check(ends.All(end => unknown.Contains(end.Row) || executed.ContainsKey(end.Row)), "a result without an execution");
        return $"{rows} rows: {rows - unknown.Count} results, {unknown.Count} unknown, {executed.Count} executed, none twice; {hub.Counts.Submissions} submissions";
    }

    /// <summary>A run that is killed again and again, and started again with the same journal.</summary>
    public static async Task<string> KillsAsync(int rows, int limit, int kills, int seed, CancellationToken cancel)
    {
        Random random = new(seed);
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions { Latency = TimeSpan.FromMilliseconds(30) });
        using TemporaryFile output = new();
        using TemporaryFile journal = new();
        Dictionary<string, string> variables = Rows.Variables(hub.Endpoint, hub.ApiKey, rows, limit, output.Path);
        variables["REHEARSAL_JOURNAL"] = journal.Path;
        for (int kill = 1; kill <= kills; kill++)
        {
            // Somewhere in the next stretch of the run, counted in submissions and not in time.
            long at = hub.Counts.Submissions + random.Next(1, (rows / (kills + 1)) + 1);
            using ScriptHost host = new(Rows.Script, variables);
            Task<string> ended = host.Output;
            while (hub.Counts.Submissions < at && !ended.IsCompleted)
            {
                await Task.Delay(1, cancel);
            }

            await host.KillAsync();
        }

        List<(int Row, string End)> ends = await Rows.RunAsync(variables, cancel);
        Rows.EachOnce(ends, rows);
        Rows.Check(ends.All(static end => UnknownOnly.Contains(end.End)), $"unexpected ends: {string.Join(", ", ends.Select(static end => end.End).Distinct())}");
        Dictionary<int, bool> executed = Executed(hub);
        int unknown = ends.Count(static end => end.End == "OutcomeUnknown");
        Rows.Check(ends.All(end => end.End == "OutcomeUnknown" || executed.ContainsKey(end.Row)), "a result without an execution");
        Rows.Check(unknown <= kills * Math.Min(limit, 32), $"{unknown} rows are unknown after {kills} kills");

        long before = hub.Counts.Submissions;
        List<(int Row, string End)> again = await Rows.RunAsync(variables, cancel);
        Rows.Check(hub.Counts.Submissions == before, "a rerun after the end sent something");
        Rows.Check(again.Order().SequenceEqual(ends.Order()), "a rerun after the end wrote other results");
        return $"{rows} rows, killed {kills} times: {rows - unknown} results, {unknown} unknown, {executed.Count} executed, none twice";
    }

    /// <summary>A run whose journal cannot be written any more on its way, and the next one, which can. Not on Windows.</summary>
    public static async Task<string> FullDiskAsync(int rows, int limit, CancellationToken cancel)
    {
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions { Latency = TimeSpan.FromMilliseconds(5) });
        using TemporaryFile output = new();
        using TemporaryFile journal = new();
        Dictionary<string, string> variables = Rows.Variables(hub.Endpoint, hub.ApiKey, rows, limit, output.Path);
        variables["REHEARSAL_JOURNAL"] = journal.Path;
        List<(int Row, string End)> ends = await Rows.RunAsync(variables, cancel, largestFile: Math.Max(1, rows * BytesInJournal / 2 / 512));

        Rows.Check(ends[^1] == (0, "JournalFailed"), $"the run ended with {ends[^1]}");
        Dictionary<int, bool> executed = Executed(hub);
        Rows.Check(ends.SkipLast(1).All(static end => end.End is "Success" or "NotSent"), $"unexpected ends: {string.Join(", ", ends.Select(static end => end.End).Distinct())}");
        Rows.Check(
            executed.Keys.Order().SequenceEqual(ends.Where(static end => end.End == "Success").Select(static end => end.Row).Order()),
            $"other results than executions ({executed.Count})");

        List<(int Row, string End)> again = await Rows.RunAsync(variables, cancel);
        Rows.EachOnce(again, rows);
        int unknown = again.Count(static end => end.End == "OutcomeUnknown");
        Rows.Check(again.All(static end => UnknownOnly.Contains(end.End)), $"unexpected ends: {string.Join(", ", again.Select(static end => end.End).Distinct())}");
        Rows.Check(unknown <= limit, $"{unknown} rows are unknown");
        Rows.Check(Executed(hub).Count == rows, "a row was lost");
        return $"{rows} rows, the disk full after {executed.Count}: all of them results, then {rows - unknown} results, {unknown} unknown, none executed twice";
    }

    /// <summary>Answers that are not whole, not right, or not HTTP.</summary>
    public static async Task<string> MalformedAsync(int rows, int limit, int seed, CancellationToken cancel)
    {
        using MalformedHub hub = new(seed);
        using TemporaryFile output = new();
        List<(int Row, string End)> ends = await Rows.RunAsync(Rows.Variables(hub.Endpoint, "key", rows, limit, output.Path), cancel);
        Rows.EachOnce(ends, rows);
        Rows.Check(ends.All(static end => end.End == "OutcomeUnknown"), $"unexpected ends: {string.Join(", ", ends.Select(static end => end.End).Distinct())}");
        Rows.Check(hub.Answered == rows, $"{hub.Answered} submissions for {rows} rows");
        return $"{rows} malformed answers: {rows} errors OutcomeUnknown, {hub.Answered} submissions";
    }

    /// <summary>The executed rows, and whether their answers arrived.</summary>
    private static Dictionary<int, bool> Executed(SandboxHub hub)
    {
        Dictionary<int, bool> executed = [];
        foreach (SandboxCharge charge in hub.Ledger)
        {
            int at = charge.Input.IndexOf("/row/", StringComparison.Ordinal) + 5;
            int row = int.Parse(charge.Input[at..charge.Input.IndexOf('"', at)], CultureInfo.InvariantCulture);
            Rows.Check(executed.TryAdd(row, charge.WasAnswered), $"row {row} was executed twice");
        }

        return executed;
    }
}

/// <summary>A path for a file that is deleted afterwards.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"truebit-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(Path);
}
