using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>What the next run does with row 2, of which nobody knows: its answer was lost, or its run was killed with it on the wire.</summary>
public sealed class UnknownRowTests : IDisposable
{
    private bool _losesAnswer = true;
    private bool _refuses;
    private readonly TaskHub _hub;
    private readonly JournalRun _runs;

    public UnknownRowTests()
    {
        _hub = new TaskHub { Answer = number => number != 2 ? null : _refuses ? CannedResponse.Message("no", 400) : _losesAnswer ? CannedResponse.Close : null };
        _runs = new JournalRun(_hub);
    }

    public static TheoryData<bool> Both => [true, false];

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Report_is_the_default_and_makes_an_error_of_the_row(bool killed)
    {
        MakeUnknown(killed);

        EngineRun run = _runs.Rows(1, 3);

        Assert.Equal([1, 3], JournalRun.Numbers(run));
        Assert.Equal("OutcomeUnknown", run.OnlyError.Id);
        Assert.StartsWith("Row 2: An earlier run sent this row at ", run.OnlyError.Message);
        Assert.Contains(killed ? "That run ended before the answer came" : "not sent again", run.OnlyError.Message);
        Assert.Contains("Resolve-TruebitJournal", run.OnlyError.Message);
        Assert.Equal("/2", EngineRun.Of<string>((System.Management.Automation.PSObject)run.Errors[0].TargetObject, "Path"));
        Assert.Equal(1, Sent(2));
        Assert.Contains("2 Success, 1 unknown;", JournalRun.Summary(run));
        Assert.Equal(Summarized(_runs.Rows(1, 3, "-OnUnknown Report")), Summarized(_runs.Rows(1, 3)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Resubmit_sends_the_row_once_more_and_no_other(bool killed)
    {
        MakeUnknown(killed);

        EngineRun run = _runs.Rows(1, 3, "-OnUnknown Resubmit");

        Assert.Empty(run.Errors);
        Assert.Equal([1, 2, 3], JournalRun.Numbers(run));
        Assert.Equal((1, 2, 1), (Sent(1), Sent(2), Sent(3)));

        // It is known now, so it is not sent again whatever is asked.
        Assert.Equal([1, 2, 3], JournalRun.Numbers(_runs.Rows(1, 3, "-OnUnknown Resubmit")));
        Assert.Equal(2, Sent(2));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Skip_leaves_the_row_out(bool killed)
    {
        MakeUnknown(killed);

        EngineRun run = _runs.Rows(1, 3, "-OnUnknown Skip");

        Assert.Empty(run.Errors);
        Assert.Equal([1, 3], JournalRun.Numbers(run));
        Assert.Equal(1, Sent(2));
        Assert.Contains("2 Success, 1 not sent;", JournalRun.Summary(run));
        Assert.Equal(["1 Finished", killed ? "2 Sending" : "2 Unknown", "3 Finished"], _runs.States());
    }

    [Fact]
    public void A_row_that_is_lost_again_stays_unknown()
    {
        MakeUnknown(killed: false);
        _losesAnswer = true;

        Assert.Equal(["OutcomeUnknown"], _runs.Rows(1, 3, "-OnUnknown Resubmit").ErrorIds);

        Assert.Equal(["1 Finished", "2 Unknown", "3 Finished"], _runs.States());
        Assert.Equal(2, Sent(2));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_row_that_was_surely_not_sent_again_stays_unknown(bool killed)
    {
        MakeUnknown(killed);
        _refuses = true;

        Assert.Equal(["InvalidRequest"], _runs.Rows(1, 3, "-OnUnknown Resubmit").ErrorIds);

        Assert.Equal(["1 Finished", "2 Unknown", "3 Finished"], _runs.States());
        Assert.Equal(["OutcomeUnknown"], _runs.Rows(1, 3).ErrorIds);
        Assert.Equal(2, Sent(2));
    }

    private void MakeUnknown(bool killed)
    {
        Assert.Equal(["OutcomeUnknown"], _runs.Rows(1, 3).ErrorIds);
        if (killed)
        {
            _runs.ForgetUnknown();
        }

        Assert.Equal(["1 Finished", killed ? "2 Sending" : "2 Unknown", "3 Finished"], _runs.States());
        _losesAnswer = false;
        Assert.Equal(3, _runs.Sent);
    }

    private int Sent(int number) => _hub.Events.Count(happened => happened == $"submitted {number}");

    private static string Summarized(EngineRun run) => JournalRun.Summary(run).Split(", in ")[0];
}
