using System.Net;
using System.Text;
using Truebit.Client;

namespace Truebit;

/// <summary>
/// Writes HTML: a page that needs nothing from elsewhere, runs no script, follows the reader's choice of
/// light or dark, and can be printed.
/// </summary>
internal static class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1c2430; --soft: #596575; --line: #dde2e8; --link: #0b5cad;
          --success: #2c7a57; --error: #b23b2e; --indeterminate: #b3700e; --unknown: #7a48b0; --running: #2b6cb0; --refused: #75808e; }
        @media screen and (prefers-color-scheme: dark) {
          :root { --page: #12161c; --card: #1a2028; --text: #e4e8ee; --soft: #9aa6b5; --line: #303947; --link: #7db8f2;
            --success: #4fb286; --error: #ea7a6c; --indeterminate: #dfa349; --unknown: #b690e6; --running: #6fa8e8; --refused: #8c97a6; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.55 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 48px; }
        h1 { font-size: 1.65rem; line-height: 1.25; margin: 0 0 4px; letter-spacing: -.01em; }
        h2 { font-size: 1.1rem; line-height: 1.3; margin: 0 0 8px; }
        p { margin: 0 0 10px; max-width: 46em; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 22px; margin-top: 16px; }
        code { font: .9em/1.4 ui-monospace, Consolas, Menlo, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        time { white-space: nowrap; } .soft, th, dt { color: var(--soft); }
        dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 14px 24px; margin: 0; }
        dt { font-size: .85rem; } dd { margin: 0; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; font-size: .93rem; }
        th { font-weight: 500; font-size: .85rem; } th, td { text-align: left; vertical-align: top; padding: 6px 16px 6px 0; border-bottom: 1px solid var(--line); }
        tr > :last-child { padding-right: 0; } tbody tr:last-child td { border-bottom: 0; } td { overflow-wrap: anywhere; } td:first-child { white-space: nowrap; } td + td { min-width: 8.5em; }
        footer { color: var(--soft); font-size: .85rem; margin-top: 20px; }
        @media (max-width: 640px) {
          main { padding: 20px 12px 32px; } section { padding: 16px 14px; }
          thead { position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden; }
          table, tbody, tr { display: block; } td, td + td { display: flex; min-width: 0; border: 0; padding: 2px 0; gap: 10px; }
          td > span { min-width: 0; } td::before { content: attr(data-name); flex: 0 0 6.2em; color: var(--soft); font-size: .85rem; padding-top: 1px; }
          tr { padding: 8px 0; border-bottom: 1px solid var(--line); } tbody tr:last-child { border-bottom: 0; }
        }
        @media print {
          :root { --page: #fff; } body { font-size: 10pt; } main { max-width: none; padding: 0; } section { border: 0; border-radius: 0; padding: 0; margin-top: 18px; }
          tr, figure, dl > div { break-inside: avoid; } h2, h3 { break-after: avoid; } details { display: none; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """;

    /// <summary>A page in UTF-8.</summary>
    /// <param name="title">Its title, as text.</param>
    /// <param name="style">Rules of its own.</param>
    /// <param name="body">Its body, as HTML.</param>
    public static byte[] Create(string title, string style, StringBuilder body)
    {
        StringBuilder page = new();
        page.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Text(title)}</title>
            <style>
            {Style}
            {style}
            </style>
            </head>
            <body>
            <main>

            """);
        page.Append(body).Append("</main>\n</body>\n</html>\n");

        // The line ends in the source depend on the checkout.
        return Encoding.UTF8.GetBytes(page.Replace("\r\n", "\n").ToString());
    }

    /// <summary>Text from anywhere, as HTML that shows it.</summary>
    public static string Text(string? text) => WebUtility.HtmlEncode(TextGate.Printable(text ?? ""));

    /// <summary>A table. On a narrow page each row stands as a block, with the columns' names beside the cells.</summary>
    /// <param name="page">Where it is written to.</param>
    /// <param name="columns">The columns' names, as text.</param>
    /// <param name="rows">The cells of each row, as HTML.</param>
    public static void AppendTable(StringBuilder page, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        page.Append("<table>\n<thead><tr>");
        foreach (string column in columns)
        {
            page.Append($"<th scope=\"col\">{Text(column)}</th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            page.Append("<tr>");
            for (int i = 0; i < columns.Count; i++)
            {
                page.Append($"<td data-name=\"{Text(columns[i])}\"><span>{row[i]}</span></td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table>\n");
    }

    /// <summary>A list of facts.</summary>
    /// <param name="page">Where it is written to.</param>
    /// <param name="facts">Names as text, values as HTML; one without a value is left out.</param>
    public static void AppendFacts(StringBuilder page, params (string Name, string? Value)[] facts)
    {
        page.Append("<dl>\n");
        foreach ((string name, string? value) in facts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                page.Append($"<div><dt>{Text(name)}</dt><dd>{value}</dd></div>\n");
            }
        }

        page.Append("</dl>\n");
    }
}
