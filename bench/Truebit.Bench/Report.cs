using System.Globalization;
using System.Text;

namespace Truebit.Bench;

/// <summary>Writes the tables, and the page that holds them.</summary>
internal static class Report
{
    private const string Begin = "<!-- where the time goes: written by hand, kept by the program -->";
    private const string End = "<!-- end -->";

    private delegate string? Cell(Scenario scenario, Contender contender, IReadOnlyList<Sample> samples, IReadOnlyList<Sample> baseline);

    /// <summary>The columns. One that is empty in all lines is left out; {0} is the name of the baseline.</summary>
    private static readonly (string Head, Cell Cell)[] Columns =
    [
        ("client", static (_, contender, _, _) => contender.Label),
        ("rows/s", static (_, _, samples, _) => Number(samples, static sample => sample.Rate, "N0")),
        ("of {0}", static (_, _, samples, baseline) => Ratio(samples, baseline, static sample => sample.Rate)),
        ("of the ideal", static (scenario, _, samples, _) => scenario.Sync ? null : Number(samples, sample => sample.Rate / scenario.Ideal, "0.00")),
        ("CPU µs/row", static (_, _, samples, _) => Number(samples, static sample => sample.CpuPerRow * 1e6, "N0")),
        ("of {0}", static (_, _, samples, baseline) => Ratio(samples, baseline, static sample => sample.CpuPerRow)),
        ("allocated KiB/row", static (_, _, samples, _) => Number(samples, static sample => sample.Client.AllocatedBytes / 1024.0 / sample.Client.Rows, "0.0")),
        ("peak MiB", static (_, _, samples, _) => Number(samples, static sample => sample.Client.PeakBytes / 1048576.0, "N0")),
        ("of {0}", static (_, _, samples, baseline) => Ratio(samples, baseline, static sample => sample.Client.PeakBytes)),
        ("first result ms", static (scenario, _, samples, _) =>
            scenario.Baseline != "plain" ? Number(samples, static sample => sample.Client.FirstSeconds * 1000, "N0") : null),
        ("journal bytes/row", static (_, _, samples, _) =>
            samples[0].Client.JournalBytes > 0 ? Number(samples, static sample => (double)sample.Client.JournalBytes / sample.Client.Rows, "N0") : null),
        ("connections", static (scenario, _, samples, _) => scenario.IsReplay ? null : Number(samples, static sample => sample.Hub.PeakConnections, "N0")),
        ("unfinished", static (scenario, _, samples, _) => scenario.IsReplay ? null : Number(samples, static sample => sample.Hub.PeakUnfinished, "N0")),
        ("polls each", static (scenario, _, samples, _) => scenario.Sync ? null : Number(samples, static sample => sample.PollsPerExecution, "0.00")),
        ("time added %", static (scenario, _, samples, _) => scenario.Sync ? null : Number(samples, static sample => sample.Added * 100, "0.0")),
    ];

    /// <summary>A table for each scenario.</summary>
    public static string Tables(IReadOnlyList<ScenarioResult> results) => string.Join("\n\n", results.Select(Table));

    /// <summary>Writes the page; the section that is written by hand stays.</summary>
    public static void Write(string file, string tables, Machine machine, Options options)
    {
        string old = File.Exists(file) ? File.ReadAllText(file) : "";
        int from = old.IndexOf(Begin, StringComparison.Ordinal);
        int to = old.IndexOf(End, Math.Max(from, 0), StringComparison.Ordinal);
        string kept = from >= 0 && to > from ? old[(from + Begin.Length)..to].Trim('\n') : "";
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"""
            # Performance

            Measured {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; the machine's load average was {machine.LoadBefore} before and {Machine.Load()} after.

            {machine.Description}

            Written by `dotnet run -c Release --project bench/Truebit.Bench{(options.Command.Length > 0 ? $" -- {options.Command}" : "")}`; medians of {options.Rounds} rounds.

            {tables}

            ## How to read it

            All clients send the same requests to the same hub on this machine, a process of its own that shares the cores with
            them. Each client is a process, too, and the clients take turns. A warm one has sent blocks of rows of another task before its
            clock starts, until a block was not quicker than those before it; in the scenarios `cold`, `length` and `million` there is no warm-up.
            *±* is half the distance between the lowest and the highest round.

            - *plain HttpClient* is the limit: as many loops as ThrottleLimit says send prepared requests and drop the answers.
              When polling, it knows how long the shortest task takes, and asks every 50 ms from then on.
            - *module* is `rows | Invoke-TruebitTask`, with rows of ten columns made by a script while they are taken, as `Import-Csv`
              makes them. The clients in PowerShell run `bench/Truebit.Bench/client.ps1`.
            - *cmdlet that posts by HttpClient* is the least that a cmdlet can do (`bench/PlainCmdlet`): it posts the row's cells as they are and
              writes the answer's bytes. What separates it from plain HttpClient is the engine's. *cmdlet that only reads rows* does not even post.
            - *ForEach-Object -Parallel* calls `Invoke-RestMethod` for each row, with a status call every 500 ms when polling.
            - *of plain* is the median of each round's ratio to the first line of the table. CPU and peak memory (working set) are
              those of the client's whole process.
            - *million* runs the command over a journal that has all results already; nothing is sent. *journal bytes/row* are with the answer, which
              has 316.
            - *unfinished* is the most executions that the hub had accepted and not yet answered with their end. *time added* is how
              much later than its end at the hub an execution is known to be finished, as a part of its own time.

            ## Where the time goes

            {Begin}
            {kept}
            {End}

            """).ReplaceLineEndings("\n"));
    }

    private static string Table(ScenarioResult result)
    {
        StringBuilder text = new($"## {result.Scenario.Name}: {result.Scenario.Title}\n");
        (string Head, string?[] Cells)[] columns =
        [
            .. Columns
                .Select(column => (
                    string.Format(CultureInfo.InvariantCulture, column.Head, result.Scenario.Baseline),
                    Cells: result.Samples.Select((samples, at) =>
                        column.Cell(result.Scenario, result.Scenario.Contenders[at], samples, result.Samples[0])).ToArray()))
                .Where(static column => column.Cells.Any(static cell => cell is not null)),
        ];
        Line(columns.Select(static column => column.Head));
        Line(columns.Select(static (_, at) => at == 0 ? "---" : "---:"));
        for (int row = 0; row < result.Samples.Count; row++)
        {
            Line(columns.Select(column => column.Cells[row] ?? ""));
        }

        return text.ToString().TrimEnd('\n');

        void Line(IEnumerable<string> cells) => text.Append("\n| ").AppendJoin(" | ", cells).Append(" |");
    }

    private static string Number(IEnumerable<Sample> samples, Func<Sample, double> value, string format)
    {
        double[] values = [.. samples.Select(value)];
        double median = Median(values);
        double spread = values.Length > 1 && median > 0 ? (values.Max() - values.Min()) / 2 / median * 100 : 0;
        return median.ToString(format, CultureInfo.InvariantCulture) + (spread >= 0.5 ? string.Create(CultureInfo.InvariantCulture, $" ±{spread:0} %") : "");
    }

    private static string? Ratio(IReadOnlyList<Sample> samples, IReadOnlyList<Sample> baseline, Func<Sample, double> value)
    {
        if (ReferenceEquals(samples, baseline))
        {
            return null;
        }

        double[] values = [.. samples.Zip(baseline, (one, other) => value(one) / value(other))];
        string spread = values.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" ±{(values.Max() - values.Min()) / 2:0.00}") : "";
        return Median(values).ToString("0.00", CultureInfo.InvariantCulture) + spread;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
