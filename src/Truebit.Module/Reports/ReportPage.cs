using System.Globalization;
using System.Text;
using Truebit.Client;
using Truebit.Journals;

namespace Truebit.Reports;

/// <summary>The report on a run, for whoever ordered it: a page of its own.</summary>
internal sealed class ReportPage
{
    private const string Style = """
        .verdict { font-size: 1.08rem; margin: 14px 0 0; } .notice { border-left: 4px solid var(--indeterminate); }
        .notice p { margin: 0; } .ends { display: flex; height: 14px; border-radius: 7px; overflow: hidden; gap: 2px; margin: 4px 0 18px; }
        .ends i { display: block; min-width: 3px; } dd.big { font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
        dd.big small { font-size: .85rem; color: var(--soft); } dt i { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 7px; }
        .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 16px; } .two > section { min-width: 0; }
        h3 { font-size: 1rem; margin: 22px 0 2px; } h3 i { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 8px; }
        td code { font-size: .82rem; } .rest { margin: 8px 0 0; } @media print { .notice { padding: 2px 0 2px 12px; } }
        """ + "\n" + BarChart.Style;

    private static readonly RowEnd[] Ends = (RowEnd[])Enum.GetValues(typeof(RowEnd));

    /// <summary>The order in which rows are listed: first what somebody has to do something about.</summary>
    private static readonly RowEnd[] Listed = [RowEnd.Unknown, RowEnd.Error, RowEnd.Indeterminate, RowEnd.Running, RowEnd.Refused];

    private readonly RunReport _report;
    private readonly StringBuilder _page = new();

    private ReportPage(RunReport report) => _report = report;

    /// <summary>The page in UTF-8.</summary>
    /// <param name="report">What it tells.</param>
    /// <param name="writtenAt">When (UTC).</param>
    public static byte[] ToHtml(RunReport report, DateTime writtenAt) => new ReportPage(report).Write(writtenAt);

    private static string Text(string? text) => HtmlPage.Text(text);

    private static string Rows(int count) => count == 1 ? "1 row" : $"{ReportWords.Number(count)} rows";

    private byte[] Write(DateTime writtenAt)
    {
        string title = $"Run report: {string.Join(", ", _report.Journals)}";
        AppendHeader();
        AppendEnds();
        AppendFacts();
        AppendCharts();
        AppendCharges();
        AppendRows();
        _page.Append($"""
            <footer><p>Written {ReportWords.Time(writtenAt)} UTC by Truebit for PowerShell from {Text(string.Join(", ", _report.Journals))}. All times are UTC.
            Rows that were never sent, such as those with invalid values, are in no journal and so not in this report.</p></footer>

            """);
        return HtmlPage.Create(title, Style, _page);
    }

    private void AppendHeader()
    {
        _page.Append($"<header>\n<h1>Run report</h1>\n<div class=\"soft\">{Text(string.Join(", ", _report.Journals))}</div>\n<p class=\"verdict\">{Verdict()}</p>\n</header>\n");
        if (_report.Hubs.Any(static hub => hub.IsLocal))
        {
            _page.Append("<section class=\"notice\"><p><b>This was a rehearsal.</b> The hub was a sandbox on the sender's machine: its results and prices are made up, and nothing was paid for.</p></section>\n");
        }
    }

    private string Verdict()
    {
        if (_report.Rows == 0)
        {
            return "No row was sent.";
        }

        int success = _report.Count(RowEnd.Success);
        if (success == _report.Rows)
        {
            return success == 1 ? "The one row ended with Success." : $"All {ReportWords.Number(success)} rows ended with Success.";
        }

        StringBuilder text = new($"{ReportWords.Number(success)} of {Rows(_report.Rows)} ended with Success{string.Concat(new[] { RowEnd.Error, RowEnd.Indeterminate }.Where(end => _report.Count(end) > 0).Select(end => $", {ReportWords.Number(_report.Count(end))} with {end}"))}.");
        int unknown = _report.Count(RowEnd.Unknown);
        if (unknown > 0)
        {
            text.Append($" Of {Rows(unknown)} the outcome is unknown: {(unknown == 1 ? "it" : "they")} may have been executed and charged.");
        }

        int running = _report.Count(RowEnd.Running);
        if (running > 0)
        {
            text.Append($" {Rows(running)} {(running == 1 ? "was" : "were")} accepted, and the end is not recorded.");
        }

        return text.ToString();
    }

    private void AppendEnds()
    {
        if (_report.Rows == 0)
        {
            return;
        }

        _page.Append("<section>\n<h2>What became of the rows</h2>\n<div class=\"ends\" aria-hidden=\"true\">");
        RowEnd[] there = [.. Ends.Where(end => _report.Count(end) > 0)];
        foreach (RowEnd end in there)
        {
            _page.Append($"<i class=\"{end}\" style=\"flex: {_report.Count(end)} 0 0\"></i>");
        }

        _page.Append("</div>\n<dl>\n");
        foreach (RowEnd end in there)
        {
            string part = (100.0 * _report.Count(end) / _report.Rows).ToString("0.#", CultureInfo.InvariantCulture);
            _page.Append($"<div><dt><i class=\"{end}\"></i>{ReportWords.Short(end)}</dt><dd class=\"big\">{ReportWords.Number(_report.Count(end))} <small>{part} %</small></dd><dd class=\"soft\">{ReportWords.Meaning(end)}</dd></div>\n");
        }

        _page.Append("</dl>\n</section>\n");
    }

    private void AppendFacts()
    {
        const int maxTasks = 10;
        string[] tasks = [.. _report.Tasks.OrderByDescending(static task => task.Value).Take(maxTasks).Select(task =>
            $"<code>{Text(task.Key)}</code>{(_report.Tasks.Count > 1 ? $" {Rows(task.Value)}" : "")}")];
        string more = _report.Tasks.Count > maxTasks ? $"<br>and {ReportWords.Number(_report.Tasks.Count - maxTasks)} more" : "";
        _page.Append("<section>\n<h2>What ran</h2>\n");
        bool any = _report.Rows > 0;
        HtmlPage.AppendFacts(
            _page,
            (_report.Tasks.Count == 1 ? "Task" : "Tasks", string.Join("<br>", tasks) + more),
            ("Hub", string.Join("<br>", _report.Hubs.Select(static hub => Text(hub.ToString())))),
            ("First row sent", any ? $"{ReportWords.Time(_report.First)} UTC" : null),
            ("Last record", any ? $"{ReportWords.Time(_report.Last)} UTC" : null),
            ("From first to last", any ? ReportWords.Duration(Math.Max(0, (_report.Last - _report.First).TotalSeconds)) : null),
            ("Sent to targets", any ? ReportWords.Bytes(_report.RequestBytes) : null),
            ("Received from targets", any ? ReportWords.Bytes(_report.ResponseBytes) : null));
        _page.Append("</section>\n");
    }

    private void AppendCharts()
    {
        if (_report.Rows == 0)
        {
            return;
        }

        _page.Append("<div class=\"two\">\n<section>\n");
        ReportCharts.Times(_report).AppendTo(_page);
        _page.Append("</section>\n");
        if (_report.Durations.Count > 0)
        {
            _page.Append("<section>\n");
            ReportCharts.Durations(_report).AppendTo(_page);
            _page.Append("</section>\n");
        }

        _page.Append("</div>\n");
    }

    private void AppendCharges()
    {
        if (_report.Charges is not ChargeTally charges)
        {
            return;
        }

        _page.Append($"""
            <section>
            <h2>What the invoices say</h2>
            <p class="soft">In the hub's gas, which is not a currency. A total is price times bytes or steps: the hub prints none, so this rule is an inference.</p>

            """);
        HtmlPage.AppendFacts(
            _page,
            ("Charged in all", ReportWords.Gas(charges.Total)),
            ("Rows with a charge", ReportWords.Number(charges.Count(ChargeStatus.Charged))),
            ("Price of a byte or step", string.Join("<br>", charges.Prices.Take(5).Select(static price => ReportWords.Gas(price)))),
            ("Charged again", Part(ChargeStatus.ChargedAgain)),
            ("Charged without a row", Part(ChargeStatus.NoRow)),
            ("Executed, no invoice given", charges.Count(ChargeStatus.NoInvoice) is > 0 and int count ? Rows(count) : null));
        _page.Append("</section>\n");

        string? Part(ChargeStatus status) => charges.Count(status) is > 0 and int count ? $"{ReportWords.Number(count)}, {ReportWords.Gas(charges.TotalOf(status))} in all" : null;
    }

    private void AppendRows()
    {
        RowEnd[] there = [.. Listed.Where(end => _report.Count(end) > 0)];
        if (there.Length == 0)
        {
            return;
        }

        _page.Append("<section>\n<h2>Rows that did not end with Success</h2>\n");
        foreach (RowEnd end in there)
        {
            _page.Append($"<h3><i class=\"{end}\"></i>{ReportWords.Short(end)}: {Rows(_report.Count(end))}</h3>\n");
            AppendRows(end);
        }

        _page.Append("</section>\n");
    }

    private void AppendRows(RowEnd end)
    {
        IReadOnlyList<ReportRow> rows = _report.Listed(end);
        (string Name, bool IsThere, Func<ReportRow, string> Cell)[] columns =
        [
            ("Row", true, static row => row.Entry.Row?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("Key", _report.HasKeys, static row => Text(TextGate.Plain.Line(row.Entry.Key ?? ""))),
            ("Journal", _report.Journals.Count > 1, static row => Text(row.Journal)),
            ("Task", _report.Tasks.Count > 1, static row => Text(row.Entry.Task)),
            ("Sent", true, static row => ReportWords.Time(row.At)),
            ("Execution", rows.Any(static row => row.Entry.ExecutionId is not null), static row => $"<code>{Text(row.Entry.ExecutionId)}</code>"),
            ("Reason", rows.Any(static row => row.Reason is not null), static row => Text(row.Reason is null ? "" : TextGate.Plain.Line(row.Reason))),
        ];
        columns = [.. columns.Where(static column => column.IsThere)];
        HtmlPage.AppendTable(_page, [.. columns.Select(static column => column.Name)], rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => column.Cell(row))]));
        int rest = _report.Count(end) - rows.Count;
        if (rest > 0)
        {
            _page.Append($"<p class=\"rest soft\">{ReportWords.Number(rest)} more {(rest == 1 ? "is" : "are")} not shown. All: <code>{Text(ReportWords.Command(end, _report.Journals))}</code></p>\n");
        }
    }
}
