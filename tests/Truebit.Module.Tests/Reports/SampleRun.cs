using System.Net;
using System.Text.RegularExpressions;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Reports;

/// <summary>A run on the sandbox whose rows end in every way, and the page about it. Paths are in $journal, $page and $folder.</summary>
internal sealed class SampleRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-report-");

    public SampleRun()
    {
        Engine.ConnectSandbox();
        Engine["folder"] = _folder.FullName;
        Engine["journal"] = Path.Combine(_folder.FullName, "run.journal");
        Engine["page"] = Page;
    }

    public Engine Engine { get; } = new();

    public string Page => Path.Combine(_folder.FullName, "report.html");

    /// <summary>Three rows with Success, two each with Error, unknown and running, and three that were refused.</summary>
    public SampleRun WithEveryEnd()
    {
        Engine.Ok("""
            $run = @{ Namespace = 'sandbox'; Journal = $journal; Key = 'Id'; Force = $true; ErrorAction = 'SilentlyContinue' }
            1..3 | ForEach-Object { @{ Id = "good-$_"; 'body.n' = $_ } } | Invoke-TruebitTask @run -TaskName echo -Method POST -Path /a > $null
            1..2 | ForEach-Object { @{ Id = "gone-$_"; 'params.orderId' = 9996 + $_ } } | Invoke-TruebitTask @run -TaskName petstore -Method GET -Path '/store/order/{orderId}' > $null
            1..2 | ForEach-Object { @{ Id = "broken-$_"; Path = "/$_" } } | Invoke-TruebitTask @run -TaskName broken -Method GET > $null
            1..2 | ForEach-Object { @{ Id = "async-$_"; 'body.n' = $_ } } | Invoke-TruebitTask @run -TaskName echo -Method POST -Path /b -Async > $null
            1..3 | ForEach-Object { @{ Id = "bad-$_"; 'body.quantity:string' = 'seven' } } | Invoke-TruebitTask @run -TaskName petstore -Method POST -Path /store/order > $null
            """);
        return this;
    }

    /// <summary>Writes the page, and reads it.</summary>
    /// <param name="parameters">More parameters.</param>
    /// <param name="invoices">A script that writes invoices.</param>
    public string Export(string parameters = "", string invoices = "")
    {
        Engine.Ok($"{(invoices.Length > 0 ? $"{invoices} | " : "")}Export-TruebitReport $journal $page {parameters}");
        return File.ReadAllText(Page);
    }

    /// <summary>What a page shows, in one line.</summary>
    public static string Text(string html) => WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(Regex.Replace(html, "(?s)<style>.*?</style>", ""), "<[^>]*>", " "), @"\s+", " "))
        .Replace(" .", ".").Trim();

    public void Dispose()
    {
        Engine.Dispose();
        _folder.Delete(recursive: true);
    }
}
