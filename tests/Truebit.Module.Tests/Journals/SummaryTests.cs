using System.Text.RegularExpressions;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>The line at the end of a bulk run, on the information stream.</summary>
public sealed class SummaryTests
{
    [Fact]
    public void It_counts_every_row_once()
    {
        // 1 is finished already; 2 and 3 finish, 4 is refused, 5 is lost, 6 is not a row, 7 and 8 are over the budget.
        using TaskHub hub = new()
        {
            Answer = static number => number switch
            {
                4 => CannedResponse.Message("no", 400),
                5 => CannedResponse.Close,
                _ => null,
            },
        };
        using JournalRun runs = new(hub);
        runs.Rows(1, 1);

        EngineRun run = runs.Run($"& {{ {TaskHub.Rows(1, 5)}; @{{ Path = '/6' }}; {TaskHub.Rows(7, 8)} }}", "-MaxSubmissions 4");

        Assert.Matches(
            new Regex(@"^Invoke-TruebitTask: 8 rows: 3 Success, 1 invalid, 1 refused, 1 unknown, 2 not sent; 4 submitted, 1 from the journal, in \d+\.\d s, [\d.]+ a second\. 1,264 bytes transferred\.$"),
            JournalRun.Summary(run));
        Assert.Equal(8, run.Output.Count + run.Errors.Count + 2);
    }

    [Fact]
    public void It_counts_rows_that_were_held_back()
    {
        using TaskHub hub = new() { Answer = static number => number == 2 ? CannedResponse.Message("no funds", 402) : null };
        using JournalRun runs = new(hub);

        EngineRun run = runs.Rows(1, 5, "-ThrottleLimit 1");

        Assert.StartsWith("Invoke-TruebitTask: 5 rows: 1 Success, 1 failed, 3 not sent; 2 submitted, in ", JournalRun.Summary(run));
    }

    [Fact]
    public void It_can_be_found_by_its_tag_and_a_single_row_has_none()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        EngineRun run = runs.Ok($"{TaskHub.Rows(1, 2)} | Invoke-TruebitTask -InformationVariable told > $null; $told | ForEach-Object {{ $_.Tags -join ' ' }}");

        Assert.Equal(["Truebit Summary"], run.Output.Select(static tags => tags.ToString()));
        Assert.Empty(runs.Rows(1, 1).Information);
    }
}
