using System.Globalization;
using System.Text;
using Truebit.Proof;

namespace Truebit.Documents;

/// <summary>The report on a zip of evidence for people: a self-contained page that can be printed.</summary>
internal static class EvidencePage
{
    private const string Style = """
        .result { font-weight: 600; white-space: nowrap; } .Proved { color: var(--success); } .Failed { color: var(--error); } .NotProvable { color: var(--indeterminate); }
        """;

    public static byte[] ToHtml(Evidence evidence)
    {
        StringBuilder page = new();
        page.Append($"<header>\n<h1>Evidence of a Truebit execution</h1>\n<div class=\"soft\"><code>{Text(evidence.ExecutionId)}</code></div>\n</header>\n");
        AppendFacts(page, evidence);
        AppendFiles(page, evidence);
        AppendProof(page, "Transcript", evidence.Transcript, Evidence.TranscriptFile);
        AppendProof(page, "Invoice", evidence.Invoice, Evidence.InvoiceFile);
        page.Append($"""
            <section>
            <h2>What the results mean</h2>
            <p><b>Proved</b>: the value was recomputed and matches. <b>Failed</b>: it was recomputed and does not match, or cannot be what it claims to be.
            <b>NotProvable</b>: what the hub publishes, or what was given, is not enough to decide. A signature shows which key signed, never who
            holds the key. Nothing here shows that a result is right, only that it is what was signed.</p>
            <h2>To check it again</h2>
            <p>This page was written by whoever made the zip. To check it yourself, run this, offline, with the address that
            you got from the hub:</p>
            <p><code>Test-TruebitProof {Text(evidence.ExecutionId)}.zip -ExpectedSigner ADDRESS</code></p>
            </section>

            """);
        return HtmlPage.Create($"Evidence of execution {evidence.ExecutionId}", Style, page);
    }

    private static void AppendFacts(StringBuilder page, Evidence evidence)
    {
        page.Append("<section>\n");
        HtmlPage.AppendFacts(
            page,
            ("Row", evidence.Row?.ToString(CultureInfo.InvariantCulture)),
            ("Key", Text(evidence.Key)),
            ("Task", Text(evidence.TaskPath)),
            ("Status, as the hub answered", Text(evidence.Status)),
            ("What the target said", Text(evidence.Message)),
            ("Created, as the invoice says", evidence.CreatedAt is DateTime time ? $"<time>{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}</time> UTC" : null),
            ("Charge, as the invoice says", evidence.Charge is decimal charge ? $"{charge.ToString(CultureInfo.InvariantCulture)} hub gas, not a currency" : null),
            ("Transcript", Result(evidence.Transcript.Result)),
            ("Invoice", Result(evidence.Invoice.Result)),
            ("Expected signer", string.Join(" or ", evidence.ExpectedSigners.Select(static address => $"<code>{address}</code>"))));
        page.Append(evidence.ExpectedSigners.Count == 0 ? "<p class=\"soft\">No signer was expected: this shows who signed, not that it was the hub.</p>\n" : "").Append("</section>\n");
    }

    private static void AppendFiles(StringBuilder page, Evidence evidence)
    {
        page.Append("<section>\n<h2>Files</h2>\n");
        HtmlPage.AppendTable(page, ["File", "Signed by", "SHA-256"], evidence.Files.Select(file => (IReadOnlyList<string>)
        [
            $"<code>{file.Name}</code>",
            !file.IsSigned ? "not signed" : Signer(file.Name == Evidence.TranscriptFile ? evidence.Transcript : evidence.Invoice),
            $"<code>{file.Sha256}</code>",
        ]));
        page.Append("<p>Files that are not signed are not proved: ");
        page.Append(evidence.HasRequest
            ? $"{Evidence.RequestFile} is what the sender recorded, without header values, and {Evidence.ResultFile} is what the hub answered.</p>\n"
            : $"{Evidence.ResultFile} is what the hub answered. There is no {Evidence.RequestFile}, because another session sent the request.</p>\n");
        page.Append("</section>\n");
    }

    private static void AppendProof(StringBuilder page, string title, ProofReport report, string file)
    {
        page.Append($"<section>\n<h2>{title}: {Result(report.Result)}</h2>\n");
        page.Append($"<p><code>{file}</code>, signed by {Signer(report)}, for execution <code>{Text(report.ExecutionId ?? "unknown")}</code></p>\n");
        HtmlPage.AppendTable(page, ["Result", "Of", "Check", "Why"], report.Checks.Select(static check => (IReadOnlyList<string>)
            [Result(check.Result), Text(check.Subject), check.Rule.ToString(), Text(check.Reason)]));
        page.Append("</section>\n");
    }

    /// <summary>Whose key signed, and what is known of whose that is.</summary>
    private static string Signer(ProofReport report) => report.Signer is not EthereumAddress signer
        ? "nobody who can be named"
        : report.Checks.FirstOrDefault(static check => check.Rule == ProofRule.ExpectedSigner) is not ProofCheck expected ? $"<code>{signer}</code>"
        : $"<code>{signer}</code>, {(expected.Result == ProofResult.Proved ? "as expected" : "not as expected")}";

    private static string Result(ProofResult result) => $"<span class=\"result {result}\">{result}</span>";

    private static string Text(string? text) => HtmlPage.Text(text);
}
