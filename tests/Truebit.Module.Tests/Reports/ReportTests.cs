using System.Text.RegularExpressions;
using System.Xml.Linq;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private readonly SampleRun _run = new();

    private Engine Engine => _run.Engine;

    public void Dispose() => _run.Dispose();

    [Fact]
    public void The_page_says_what_ran_where_and_what_became_of_the_rows()
    {
        string page = _run.WithEveryEnd().Export();
        string text = SampleRun.Text(page);

        Assert.Contains("3 of 12 rows ended with Success, 2 with Error. Of 2 rows the outcome is unknown: they may have been executed and charged. 2 rows were accepted, and the end is not recorded.", text);
        Assert.Contains("This was a rehearsal. The hub was a sandbox", text);
        Assert.Contains($"{((Uri)Engine.Ok("$sandbox.Endpoint").Output[0].BaseObject).GetLeftPart(UriPartial.Authority)} (sandbox)", text);
        Assert.Contains("sandbox/echo 5 rows", text);
        Assert.Matches(@"First row sent 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC", text);
        Assert.Contains("Success 3 25 %", text);
        Assert.Contains("Not executed 3 25 %", text);
    }

    [Fact]
    public void Rows_that_did_not_end_well_are_listed_with_key_execution_and_reason()
    {
        string page = _run.WithEveryEnd().Export();
        string[] rows = [.. Regex.Matches(page, "<tr>.*?</tr>").Select(static match => SampleRun.Text(match.Value))];

        Assert.Contains(rows, static row => row.Contains("gone-2") && row.Contains("Order not found"));
        Assert.Contains(rows, static row => row.Contains("bad-1") && row.Contains("input.body.quantity"));
        Assert.Contains(rows, static row => row.Contains("broken-1") && row.Contains("500"));
        string id = Engine.Ok("Get-TruebitJournal $journal -State Accepted | Where-Object Key -EQ async-1").Value<string>("ExecutionId");
        Assert.Contains(rows, row => row.Contains("async-1") && row.Contains(id));
        Assert.DoesNotContain(rows, static row => row.Contains("good-"));
    }

    [Fact]
    public void Bytes_are_those_of_the_executions_and_charges_those_of_the_invoices()
    {
        _run.WithEveryEnd();
        Assert.DoesNotContain("What the invoices say", _run.Export());

        string text = SampleRun.Text(_run.Export("-Force", "Get-TruebitJournal $journal | Get-TruebitInvoice -Wait"));
        string bytes = Engine.Ok("$b = Get-TruebitJournal $journal -State Finished | Get-TruebitExecution | Measure-Object RequestBytes -Sum; '{0:N0} bytes' -f $b.Sum").Output[0].ToString();
        string total = Engine.Ok("($all = Get-TruebitJournal $journal | Get-TruebitInvoice | ForEach-Object Total | Measure-Object -Sum).Sum.ToString([cultureinfo]::InvariantCulture)").Output[0].ToString();

        Assert.Contains(bytes, text);
        Assert.Contains($"Charged in all {total}", text);
        Assert.Contains("Rows with a charge 7", text);

        // As an argument, and twice: a copy is no second charge.
        Engine.Ok("$i = @(Get-TruebitJournal $journal | Get-TruebitInvoice)");
        string again = SampleRun.Text(_run.Export("-Force -Invoice ($i + $i)"));
        Assert.Contains($"Charged in all {total}", again);
    }

    [Fact]
    public void Charts_have_axes_a_text_alternative_and_a_table()
    {
        XElement svg = XElement.Parse(Regex.Match(_run.WithEveryEnd().Export(), "<svg.*?</svg>", RegexOptions.Singleline).Value);
        string page = _run.Export("-Force");

        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.All(svg.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.Contains($"id=\"{id}\"", page));
        Assert.Contains(svg.Elements("text"), static label => label.Value == "Time (UTC)");
        Assert.Contains(svg.Elements("text"), static label => label.Value == "Rows");
        // Each part of a bar has the words of the whole bar.
        Assert.Equal(12, svg.Elements("rect").Select(static part => part.Value).Distinct()
            .Sum(static words => Regex.Matches(words, @"(\d+) [A-Z]").Sum(static match => int.Parse(match.Groups[1].Value))));
        Assert.Contains("How long executions took", page);
        Assert.Matches("Half took at most [0-9.]+ m?s, 95 of 100 at most", page);
        Assert.Equal(2, Regex.Matches(page, "<details>").Count);
    }

    [Fact]
    public void A_page_needs_nothing_from_elsewhere_and_what_comes_from_outside_is_text()
    {
        Engine.Ok("""
            @{ Key = '<script>alert(1)</script>'; Path = '/1' }, @{ Key = "a`u{202e}b" ; Path = '/2' } |
                Invoke-TruebitTask -Namespace sandbox -TaskName broken -Method GET -Journal $journal -Key Key -ErrorAction SilentlyContinue
            """);

        string page = _run.Export();

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains("default-src 'none'", page);
        Assert.DoesNotMatch("(?i)(src|href)=|url\\(|@import", page);
    }

    [Fact]
    public void A_long_list_is_cut_and_the_page_says_how_to_list_the_rest()
    {
        Engine.Ok("""
            1..230 | ForEach-Object { [pscustomobject]@{ Key = "k$_"; 'params.orderId' = 9000 } } |
                Invoke-TruebitTask -Namespace sandbox -TaskName petstore -Method GET -Path '/store/order/{orderId}' -Journal $journal -Key Key > $null
            """);

        string page = _run.Export();

        Assert.Contains(">k100<", page);
        Assert.DoesNotContain(">k101<", page);
        Assert.Contains("130 more are not shown.", page);
        string command = System.Net.WebUtility.HtmlDecode(Regex.Match(page, "All: <code>(.*?)</code>").Groups[1].Value);
        Engine.Ok("Set-Location (Split-Path $journal)");
        Assert.Equal(230, Engine.Ok(command).Output.Count);
    }

    [Fact]
    public void An_existing_page_is_overwritten_with_Force_only_and_WhatIf_writes_nothing()
    {
        _run.WithEveryEnd();
        Engine.Ok("Export-TruebitReport $journal $page -WhatIf");
        Assert.False(File.Exists(_run.Page));

        FileInfo file = (FileInfo)Engine.Ok("Export-TruebitReport $journal $page").Output.Single().BaseObject;
        Assert.Equal(_run.Page, file.FullName);
        Assert.Equal("FileExists", Engine.Run("Export-TruebitReport $journal $page").End.Id);
        Engine.Ok("Export-TruebitReport $journal $page -Force");
    }

    [Theory]
    [InlineData("Export-TruebitReport $folder/none.journal $page", "JournalNotFound")]
    [InlineData("Export-TruebitReport $folder/none*.journal $page", "FileNotFound")]
    [InlineData("Set-Content $journal x; Export-TruebitReport $journal $page", "JournalDamaged")]
    [InlineData("Export-TruebitReport $journal Env:report", "NotAFilePath")]
    public void What_cannot_be_read_or_written_ends_the_command(string script, string errorId)
    {
        Assert.Equal(errorId, Engine.Run(script).End.Id);
        Assert.False(File.Exists(_run.Page));
    }

    [Fact]
    public void Shards_have_one_page_and_an_empty_run_has_one_too()
    {
        Engine.Ok("""
            foreach ($shard in 1, 2) {
                1..20 | ForEach-Object { @{ Path = "/$_" } } |
                    Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Journal "$folder/s$shard.journal" -Shard "$shard/2" > $null
            }
            Set-Content $folder/empty.journal -NoNewline -Value ''
            """);

        Assert.Contains("All 20 rows ended with Success.", File.ReadAllText(((FileInfo)Engine.Ok("Export-TruebitReport $folder/s*.journal $page").Output[0].BaseObject).FullName));
        Assert.Contains("No row was sent.", File.ReadAllText(((FileInfo)Engine.Ok("Export-TruebitReport $folder/empty.journal $page -Force").Output[0].BaseObject).FullName));
    }
}
