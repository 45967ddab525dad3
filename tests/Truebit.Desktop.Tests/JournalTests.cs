using Truebit.Client;
using Truebit.Sandbox;

namespace Truebit.Desktop.Tests;

/// <summary>A journal of .NET Framework's build, against the sandbox hub; .NET reads the same file.</summary>
public sealed class JournalTests : IDisposable
{
    private const int Rows = 40;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-desktop-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "run.journal");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_run_again_sends_nothing_and_answers_the_same()
    {
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions { Latency = TimeSpan.FromMilliseconds(20) });
        using DesktopProcess desktop = new();

        RowEnd[] first = await desktop.RunAsync(Command(hub));
        RowEnd[] again = await desktop.RunAsync(Command(hub));

        Assert.All(first, static end => Assert.Equal("Success", end.End));
        Assert.Equal(first.Select(static end => (end.Row, end.Text)), again.Select(static end => (end.Row, end.Text)));
        Assert.Equal(Rows, hub.Counts.Submissions);
        Assert.Equal(Rows, Journal.Read(Path).Count(static entry => entry.State == JournalState.Finished));
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on_and_executes_nothing_twice()
    {
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions { Latency = TimeSpan.FromMilliseconds(20) });
        Assert.SkipUnless(DesktopProcess.IsThere, DesktopProcess.Missing);
        using (DesktopProcess killed = new())
        {
            Task<RowEnd[]> run = killed.RunAsync(Command(hub));
            Assert.True(SpinWait.SpinUntil(() => hub.Counts.Submissions >= Rows / 2, TimeSpan.FromSeconds(60)));
            killed.Kill();
            await Assert.ThrowsAnyAsync<Exception>(() => run);
        }

        using DesktopProcess desktop = new();
        RowEnd[] ends = await desktop.RunAsync(Command(hub));

        Assert.All(ends, static end => Assert.Contains(end.End, new[] { "Success", "JournalUnknown" }));
        Assert.InRange(ends.Count(static end => end.End == "JournalUnknown"), 0, 8);
        Assert.InRange(hub.Counts.Submissions, Rows - 8, Rows);
        Assert.Equal(hub.Ledger.Count, hub.Ledger.Select(static charge => charge.Input).Distinct().Count());
    }

    [Fact]
    public async Task A_journal_of_faults_says_of_each_row_what_the_hub_knows()
    {
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions
        {
            Faults = new SandboxFaults { ResetBefore = 0.1, LoseAnswer = 0.1, ServerError = 0.1, TooManyRequests = 0.1, CutOff = 0.1, RetryAfterSeconds = 0, Seed = 4 },
        });
        using DesktopProcess desktop = new();

        RowEnd[] ends = await desktop.RunAsync(Command(hub));
        int executed = hub.Ledger.Count;
        int unknown = ends.Count(static end => end.End == "OutcomeUnknown");

        Assert.All(ends, static end => Assert.Contains(end.End, new[] { "Success", "OutcomeUnknown" }));
        Assert.InRange(unknown, 1, Rows - 1);
        Assert.InRange(executed, Rows - unknown, Rows);
        Assert.Equal(executed, hub.Ledger.Select(static charge => charge.Input).Distinct().Count());
        Assert.Equal(unknown, Journal.Read(Path).Count(static entry => entry.IsUnknown));
    }

    private RunCommand Command(SandboxHub hub) => new() { Endpoint = hub.Endpoint, Key = hub.ApiKey, Rows = Rows, Journal = Path };
}
