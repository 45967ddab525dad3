using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Journals;

/// <summary>A journal while a run writes it: other commands, and -WhatIf, which leaves no trace.</summary>
public sealed class WriterTests : IDisposable
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskHub _hub;
    private readonly JournalRun _runs;

    public WriterTests()
    {
        _hub = new TaskHub { Hold = number => number == 2 ? _release.Task : Task.CompletedTask };
        _runs = new JournalRun(_hub);
    }

    public void Dispose()
    {
        _release.TrySetResult();
        _runs.Dispose();
        _hub.Dispose();
    }

    [Fact]
    public void A_second_writer_is_refused_at_once_and_a_reader_is_not()
    {
        using RunningScript first = _runs.NewEngine().Start($"{TaskHub.Rows(1, 2)} | Invoke-TruebitTask -Journal $journal");
        Limits.Await(() => first.Output.Count == 1 && _hub.Accepted == 2, "The first run did not get that far.");

        EngineRun second = _runs.Rows(3, 4);

        Assert.Equal(("JournalInUse", $"The journal '{_runs.Path}' is in use by another run. Wait for that run to end. No row was sent."), second.End);
        Assert.Equal(ErrorCategory.ResourceBusy, second.Ended!.CategoryInfo.Category);
        Assert.Equal(2, _runs.Sent);
        Assert.Equal(["1 Finished", "2 Sending"], _runs.States());
        EngineRun settled = _runs.NewEngine().Run("Get-TruebitJournal $journal -State Sending | Resolve-TruebitJournal -NotExecuted");
        Assert.Equal("JournalInUse", settled.OnlyError.Id);

        _release.SetResult();
        Assert.Equal([1, 2], JournalRun.Numbers(first.Wait()));
        Assert.Equal([1, 2, 3], JournalRun.Numbers(_runs.Rows(1, 3)));
        Assert.Equal(3, _runs.Sent);
    }

    [Fact]
    public void A_run_can_be_watched_from_its_own_pipeline()
    {
        _release.SetResult();

        EngineRun run = _runs.Ok($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Journal $journal -ThrottleLimit 1 | ForEach-Object {{ @(Get-TruebitJournal $journal -State Finished).Count }}");

        Assert.Equal([1, 2, 3], run.Output.Select(static count => (int)count.BaseObject));
    }

    [Fact]
    public void WhatIf_creates_nothing()
    {
        EngineRun run = _runs.Rows(1, 2, "-WhatIf");

        Assert.Empty(run.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(_runs.Path)!));
        Assert.Equal(0, _runs.Sent);
    }

    [Fact]
    public void WhatIf_names_what_a_run_would_do_and_leaves_the_journal_as_it_is()
    {
        _release.SetResult();
        _runs.Rows(1, 1);
        _runs.Rows(2, 2, "-Async -Force");
        File.AppendAllText(_runs.Path, "{\"torn");
        (byte[] Bytes, DateTime Time) before = (File.ReadAllBytes(_runs.Path), File.GetLastWriteTimeUtc(_runs.Path));
        int calls = _hub.Server.Requests.Count;
        Engine engine = _runs.NewEngine();

        EngineRun run = engine.Ok($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Journal $journal -WhatIf");

        Assert.Equal([1], JournalRun.Numbers(run));
        Assert.Equal(
            $"""
            Columns used: Namespace, TaskName, Method, Path.
            What if: Performing the operation "Ask for execution {TaskHub.Id(2)}" on target "row 2: n/t GET /2".
            What if: Performing the operation "Execute API task" on target "row 3: n/t GET /3 (107 bytes)".
            What if: rows that would be sent: 1, with requests of about 107 bytes; 1 from the journal.

            """.ReplaceLineEndings("\n"),
            engine.Host.Screen.Text);
        Assert.Equal(calls, _hub.Server.Requests.Count);
        Assert.Equal(before.Bytes, File.ReadAllBytes(_runs.Path));
        Assert.Equal(before.Time, File.GetLastWriteTimeUtc(_runs.Path));
    }

    [Fact]
    public void A_run_that_sends_nothing_creates_nothing()
    {
        Assert.Equal(["InvalidInput"], _runs.Run("@{ Namespace = 'n'; TaskName = 't'; Method = 'GET'; Path = '/{none}' }").ErrorIds);

        Assert.False(File.Exists(_runs.Path));
    }
}
