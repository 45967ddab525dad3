using System.Globalization;
using System.Text;
using Truebit.Journals;

namespace Truebit.Reports;

/// <summary>
/// Draws bars as SVG in a page. Places along the page are percentages and text has a fixed size, so that it can be read at any width.
/// </summary>
internal sealed class BarChart(string id, string title, string summary, string across, string up, IReadOnlyList<ChartBar> bars)
{
    /// <summary>The rules that charts need in a page.</summary>
    public const string Style = """
        figure { margin: 0; } figcaption { margin-bottom: 10px; } .chart { padding: 26px 10px 0 46px; }
        .chart svg { display: block; width: 100%; height: 232px; overflow: visible; } .chart text { fill: var(--soft); font-size: 12px; }
        .chart line { stroke: var(--line); } .chart rect:hover { opacity: .8; }
        details { margin-top: 6px; } summary { color: var(--link); cursor: pointer; font-size: .9rem; } details table { margin-top: 8px; max-width: 34em; }
        rect.Success, i.Success { fill: var(--success); background: var(--success); } rect.Error, i.Error { fill: var(--error); background: var(--error); }
        rect.Indeterminate, i.Indeterminate { fill: var(--indeterminate); background: var(--indeterminate); }
        rect.Unknown, i.Unknown { fill: var(--unknown); background: var(--unknown); } rect.Running, i.Running { fill: var(--running); background: var(--running); }
        rect.Refused, i.Refused { fill: var(--refused); background: var(--refused); }
        """;

    private const int Height = 180;
    private const int MaxLabels = 4;
    private const int Lines = 4;

    /// <summary>Writes the chart, and what it shows in words and as a table.</summary>
    public void AppendTo(StringBuilder page)
    {
        int step = Scale.Step(bars.Max(static bar => bar.Total), Lines);
        int top = Math.Max(step, (bars.Max(static bar => bar.Total) + step - 1) / step * step);
        page.Append($"""
            <figure>
            <figcaption><h2 id="{id}">{HtmlPage.Text(title)}</h2><span id="{id}-text" class="soft">{HtmlPage.Text(summary)}</span></figcaption>
            <div class="chart"><svg role="img" aria-labelledby="{id} {id}-text">

            """);
        AppendScale(page, step, top);
        for (int i = 0; i < bars.Count; i++)
        {
            AppendBar(page, i, top);
        }

        AppendLabels(page);
        page.Append("</svg></div>\n<details><summary>The same as a table</summary>\n");
        HtmlPage.AppendTable(page, [across, up], bars.Where(static bar => bar.Total > 0).Select(static IReadOnlyList<string> (bar) => [HtmlPage.Text(bar.Range), Words(bar)]));
        page.Append("</details>\n</figure>\n");
    }

    private static string Percent(double part) => (100 * part).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private static string Words(ChartBar bar)
    {
        string[] parts = [.. bar.Parts.Where(static part => part.Count > 0).Select(static part => $"{ReportWords.Number(part.Count)} {ReportWords.Short(part.End)}")];
        return HtmlPage.Text(bar.Parts.Count == 1 ? ReportWords.Number(bar.Total) : string.Join(", ", parts));
    }

    private void AppendScale(StringBuilder page, int step, int top)
    {
        for (int value = 0; value <= top; value += step)
        {
            double y = Height - ((double)Height * value / top);
            page.Append(FormattableString.Invariant(
                $"<line x1=\"0\" x2=\"100%\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/><text x=\"-8\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{ReportWords.Number(value)}</text>\n"));
        }

        page.Append($"<text x=\"-46\" y=\"-16\">{HtmlPage.Text(up)}</text>\n");
    }

    private void AppendBar(StringBuilder page, int index, int top)
    {
        double width = 1.0 / bars.Count;
        double y = Height;
        ChartBar bar = bars[index];
        foreach ((RowEnd end, int count) in bar.Parts.Where(static part => part.Count > 0))
        {
            // A bar of one among ten thousand can be seen, too.
            double height = Math.Max(1.5, (double)Height * count / top);
            y -= height;
            page.Append(FormattableString.Invariant(
                $"<rect class=\"{end}\" x=\"{Percent((index + 0.06) * width)}\" width=\"{Percent(0.88 * width)}\" y=\"{y:0.##}\" height=\"{height:0.##}\"><title>{HtmlPage.Text(bar.Range)}: {Words(bar)}</title></rect>\n"));
        }
    }

    private void AppendLabels(StringBuilder page)
    {
        int every = (bars.Count + MaxLabels - 1) / MaxLabels;
        for (int i = 0; i < bars.Count; i += every)
        {
            page.Append($"<text x=\"{Percent((double)i / bars.Count)}\" y=\"{Height + 18}\">{HtmlPage.Text(bars[i].From)}</text>\n");
        }

        page.Append($"<text x=\"100%\" y=\"{Height + 42}\" text-anchor=\"end\">{HtmlPage.Text(across)}</text>\n");
    }
}
