using System.Globalization;
using Truebit.Journals;

namespace Truebit.Reports;

/// <summary>The charts of a report.</summary>
internal static class ReportCharts
{
    private const int MaxTimes = 48;
    private const int MaxDurations = 24;

    private static readonly RowEnd[] Ends = (RowEnd[])Enum.GetValues(typeof(RowEnd));

    /// <summary>How many rows were sent when.</summary>
    public static BarChart Times(RunReport report)
    {
        DateTime last = report.Times.Max(static row => row.At);
        TimeSpan step = Scale.Step(last - report.First, MaxTimes - 1);
        DateTime start = new(report.First.Ticks / step.Ticks * step.Ticks, DateTimeKind.Utc);
        int[][] counts = [.. Enumerable.Range(0, (int)((last - start).Ticks / step.Ticks) + 1).Select(static _ => new int[Ends.Length])];
        foreach ((DateTime at, RowEnd end) in report.Times)
        {
            counts[(at - start).Ticks / step.Ticks][(int)end]++;
        }

        string format = TimeFormat(step, last - start);
        ChartBar[] bars = [.. counts.Select((parts, i) => new ChartBar(At(i), $"{At(i)} to {At(i + 1)}", [.. Ends.Select(end => (end, parts[(int)end]))]))];
        string most = ReportWords.Number(bars.Max(static bar => bar.Total));
        return new BarChart(
            "times", "When rows were sent", $"By what became of them; at most {most} in {ReportWords.Duration(step.TotalSeconds)}.", "Time (UTC)", "Rows", bars);

        string At(int index) => (start + TimeSpan.FromTicks(step.Ticks * index)).ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>How long executions took.</summary>
    public static BarChart Durations(RunReport report)
    {
        IReadOnlyList<double> all = report.Durations;

        // A few that took far longer than the rest share the last bar.
        double most = Math.Min(all[all.Count - 1], 4 * Quantile(all, 0.95));
        double step = Scale.Step(most, MaxDurations - 1);
        int[] counts = new int[(int)(most / step) + 1];
        int longer = 0;
        foreach (double duration in all)
        {
            if (duration <= most)
            {
                counts[(int)(duration / step)]++;
            }
            else
            {
                longer++;
            }
        }

        List<ChartBar> bars = [.. counts.Select((count, i) => Bar(Axis(i), $"{ReportWords.Duration(i * step)} to {ReportWords.Duration((i + 1) * step)}", count))];
        if (longer > 0)
        {
            bars.Add(Bar("", $"more than {ReportWords.Duration(counts.Length * step)}", longer));
        }

        string text = $"Half took at most {ReportWords.Duration(Quantile(all, 0.5))}, 95 of 100 at most {ReportWords.Duration(Quantile(all, 0.95))}, the longest {ReportWords.Duration(all[all.Count - 1])}."
            + (longer > 0 ? $" The last bar is all that took longer than {ReportWords.Duration(counts.Length * step)}." : "");
        return new BarChart("durations", "How long executions took", text, "From sending to the recorded end", "Executions", bars);

        string Axis(int index) => ReportWords.Duration(index * step);

        static ChartBar Bar(string from, string range, int count) => new(from, range, [(RowEnd.Running, count)]);
    }

    /// <summary>The value that this part of the numbers does not exceed.</summary>
    private static double Quantile(IReadOnlyList<double> ascending, double part) => ascending[Math.Max(0, (int)Math.Ceiling(part * ascending.Count) - 1)];

    private static string TimeFormat(TimeSpan step, TimeSpan range) =>
        step.TotalDays >= 1 ? "yyyy-MM-dd"
        : range.TotalDays >= 1 ? "MM-dd HH:mm"
        : step.TotalSeconds >= 60 ? "HH:mm"
        : step.TotalSeconds >= 1 ? "HH:mm:ss"
        : "HH:mm:ss.FF";
}
