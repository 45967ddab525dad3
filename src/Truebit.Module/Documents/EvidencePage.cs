using System.Net;
using System.Text;
using Truebit.Proof;

namespace Truebit.Documents;

/// <summary>The report on a zip of evidence for people: a self-contained page that can be printed.</summary>
internal static class EvidencePage
{
    private const string Style = """
        body { font: 15px/1.5 "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1b1b1b; max-width: 60em; margin: 2em auto; padding: 0 1em; }
        h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 2em; }
        code { font-family: Consolas, Menlo, monospace; font-size: .92em; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3em .6em .3em 0; border-bottom: 1px solid #ccc; }
        .result { font-weight: 600; white-space: nowrap; } .Proved { color: #0b6b2f; } .Failed { color: #b00020; } .NotProvable { color: #7a5200; }
        @media print { body { margin: 0; max-width: none; font-size: 10pt; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
        """;

    public static byte[] ToHtml(Evidence evidence)
    {
        StringBuilder page = new();
        page.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Evidence of execution {Text(evidence.ExecutionId)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <h1>Evidence of a Truebit execution</h1>
            <p>Execution <code>{Text(evidence.ExecutionId)}</code></p>
            {Expectation(evidence.ExpectedSigners)}

            """);
        AppendFiles(page, evidence);
        AppendProof(page, "Transcript", evidence.Transcript, Evidence.TranscriptFile);
        AppendProof(page, "Invoice", evidence.Invoice, Evidence.InvoiceFile);
        page.Append($"""
            <h2>What the results mean</h2>
            <p><b>Proved</b>: the value was recomputed and matches. <b>Failed</b>: it was recomputed and does not match, or cannot be what it claims to be.
            <b>NotProvable</b>: what the hub publishes, or what was given, is not enough to decide. A signature shows which key signed, never who
            holds the key. Nothing here shows that a result is right, only that it is what was signed.</p>
            <h2>To check it again</h2>
            <p>This page was written by whoever made the zip. To check it yourself, run this, offline, with the address that
            you got from the hub:</p>
            <p><code>Test-TruebitProof {Text(evidence.ExecutionId)}.zip -ExpectedSigner ADDRESS</code></p>
            </body>
            </html>

            """);

        // The line ends in the source depend on the checkout.
        return Encoding.UTF8.GetBytes(page.Replace("\r\n", "\n").ToString());
    }

    private static string Expectation(IReadOnlyList<EthereumAddress> expected) => expected.Count == 0
        ? "<p>No signer was expected: this shows who signed, not that it was the hub.</p>"
        : $"<p>Expected signer <code>{string.Join("</code> or <code>", expected)}</code></p>";

    private static void AppendFiles(StringBuilder page, Evidence evidence)
    {
        page.Append("<h2>Files</h2>\n<table>\n<tr><th>File</th><th>Signed by the hub</th><th>SHA-256</th></tr>\n");
        foreach (EvidenceFile file in evidence.Files)
        {
            page.Append($"<tr><td><code>{file.Name}</code></td><td>{(file.IsSigned ? "yes" : "no")}</td><td><code>{file.Sha256}</code></td></tr>\n");
        }

        page.Append("</table>\n<p>Files that the hub does not sign are not proved: ");
        page.Append(evidence.HasRequest
            ? $"{Evidence.RequestFile} is what the sender recorded, without header values, and {Evidence.ResultFile} is what the hub answered.</p>\n"
            : $"{Evidence.ResultFile} is what the hub answered. There is no {Evidence.RequestFile}, because another session sent the request.</p>\n");
    }

    private static void AppendProof(StringBuilder page, string title, ProofReport report, string file)
    {
        page.Append($"<h2>{title}: <span class=\"result {report.Result}\">{report.Result}</span></h2>\n");
        page.Append($"<p><code>{file}</code>, signed by <code>{report.Signer?.ToString() ?? "unknown"}</code>, for execution <code>{Text(report.ExecutionId ?? "unknown")}</code></p>\n");
        page.Append("<table>\n<tr><th>Answer</th><th>Of</th><th>Check</th><th>Why</th></tr>\n");
        foreach (ProofCheck check in report.Checks)
        {
            page.Append($"<tr><td class=\"result {check.Result}\">{check.Result}</td><td>{Text(check.Subject)}</td><td>{check.Rule}</td><td>{Text(check.Reason)}</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
