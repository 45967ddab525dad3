using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Records;

public sealed class CompareJournalTests : IDisposable
{
    private const string Task = "Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -ThrottleLimit 1";
    private const string Rows = "1..3 | ForEach-Object { [pscustomobject]@{ Path = \"/$_\"; Order = \"o-$_\" } }";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-tests-");
    private readonly Engine _engine = new();

    public CompareJournalTests()
    {
        _engine["journal"] = Path.Combine(_folder.FullName, "run.journal");
        _engine["other"] = Path.Combine(_folder.FullName, "other.journal");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData($"{Rows} | {Task} -Journal $journal > $null; Get-TruebitJournal $journal | Get-TruebitInvoice -Wait | Compare-TruebitJournal $journal")]
    [InlineData($"{Rows} | {Task} -Journal $journal | Get-TruebitInvoice -Wait | Compare-TruebitJournal -Path $journal")]
    [InlineData($"$e = {Rows} | {Task} -Journal $journal; ($e | Get-TruebitInvoice), ($e | Get-TruebitInvoice) | ForEach-Object {{ $_ }} | Compare-TruebitJournal $journal")]
    public void Every_row_is_charged_once(string script)
    {
        EngineRun run = _engine.ConnectSandbox().Ok(script);

        Assert.Equal([1, 2, 3], run.Values<int>("Row"));
        Assert.All(run.Values<string>("Status"), static status => Assert.Equal("Charged", status));
        Assert.All(run.Values<decimal>("Total"), static total => Assert.Equal(0.0112m, total));
        Assert.All(run.Output, static row => Assert.Null(row.Properties["Problem"].Value));
        Assert.Equal(_engine.Ok("Get-TruebitJournal $journal").Values<string>("ExecutionId"), run.Values<string>("ExecutionId"));
    }

    [Fact]
    public void What_was_charged_and_never_answered_has_no_row()
    {
        _engine.ConnectSandbox("-Fault @{ LoseAnswer = 1 }").Run($"{Rows} | {Task} -Journal $journal -Key Order");

        EngineRun run = _engine.Ok("Get-TruebitSandbox -Ledger | Get-TruebitInvoice | Compare-TruebitJournal $journal");

        Assert.Equal(["Unknown", "Unknown", "Unknown", "NoRow", "NoRow", "NoRow"], run.Values<string>("Status"));
        Assert.Equal(["o-1", "o-2", "o-3", "", "", ""], run.Values<string>("Key"));
        Assert.All(run.Values<string>("Problem"), Assert.NotEmpty);
        Assert.Equal(_engine.Ok("Get-TruebitSandbox -Ledger").Values<string>("ExecutionId").Order(), run.Values<string>("ExecutionId").Skip(3).Order());

        // By the journal alone there is nothing to ask for, and no error.
        Assert.Equal(["Unknown", "Unknown", "Unknown"], _engine.Ok("Get-TruebitJournal $journal | Get-TruebitInvoice | Compare-TruebitJournal $journal").Values<string>("Status"));
    }

    [Fact]
    public void A_row_that_was_refused_costs_nothing_and_one_without_an_invoice_is_named()
    {
        _engine.ConnectSandbox().Run(
            "@{ Path = '/1'; TaskName = 'echo' }, @{ Path = '/nowhere'; TaskName = 'petstore' } | Invoke-TruebitTask -Namespace sandbox -Method GET -ThrottleLimit 1 -Journal $journal");

        EngineRun run = _engine.Ok("@() | Compare-TruebitJournal $journal");

        Assert.Equal([(1, "NoInvoice"), (2, "NotCharged")], run.Output.Select(static row => (EngineRun.Of<int>(row, "Row"), EngineRun.Of<string>(row, "Status"))));
        Assert.Equal("No invoice was received for this execution.", EngineRun.Of<string>(run.Output[0], "Problem"));
    }

    [Fact]
    public void A_second_invoice_and_a_second_execution_of_a_key_are_charged_again()
    {
        _engine.ConnectSandbox().Ok($"{Rows} | {Task} -Journal $journal -Key Order > $null; {Rows} | {Task} -Journal $other -Key Order > $null");
        _engine.Ok("$invoices = Get-TruebitJournal $journal, $other | Get-TruebitInvoice");
        string first = _engine.Ok("Get-TruebitJournal $journal").Values<string>("ExecutionId")[0];
        using HubServer hub = new(_ => CannedResponse.Json($$"""{"executionId":"{{first}}","invoiceId":"9","lineItem":[{"operation":"charge"}]}"""));
        _engine.Connect(hub.Endpoint);

        EngineRun run = _engine.Ok($"& {{ $invoices; Get-TruebitInvoice {first} }} | Compare-TruebitJournal $journal, $other");

        Assert.Equal(
            [(1, "Charged"), (1, "ChargedAgain"), (2, "Charged"), (3, "Charged"), (1, "ChargedAgain"), (2, "ChargedAgain"), (3, "ChargedAgain")],
            run.Output.Select(static row => (EngineRun.Of<int>(row, "Row"), EngineRun.Of<string>(row, "Status"))));
        Assert.Equal("9", EngineRun.Of<string>(run.Output[1], "InvoiceId"));
        Assert.Contains("has the same key", EngineRun.Of<string>(run.Output[4], "Problem"));
    }

    [Fact]
    public void Rows_with_the_same_execution_do_not_count_it_twice()
    {
        _engine.ConnectSandbox("-Fault @{ LoseAnswer = 1 }").Run($"{Rows} | {Task} -Journal $journal");
        _engine.Ok("$charge = (Get-TruebitSandbox -Ledger)[0]; Get-TruebitJournal $journal | Resolve-TruebitJournal -ExecutionId $charge.ExecutionId");

        EngineRun run = _engine.Ok("$charge | Get-TruebitInvoice | Compare-TruebitJournal $journal");

        Assert.Equal(["Charged", "NoInvoice", "NoInvoice"], run.Values<string>("Status"));
        Assert.Contains("has the same execution id", EngineRun.Of<string>(run.Output[1], "Problem"));
    }

    [Fact]
    public void An_invoice_without_a_charge_costs_nothing()
    {
        _engine.ConnectSandbox().Ok($"@{{ Path = '/1' }} | {Task} -Journal $journal > $null");
        string id = _engine.Ok("Get-TruebitJournal $journal").Value<string>("ExecutionId");
        using HubServer hub = new(_ => CannedResponse.Json($$"""{"executionId":"{{id}}","invoiceId":"9","lineItem":[{"operation":"pay"}]}"""));

        EngineRun run = _engine.Connect(hub.Endpoint).Ok($"Get-TruebitInvoice {id} | Compare-TruebitJournal $journal");

        Assert.Equal("NotCharged", run.Value<string>("Status"));
        Assert.Equal("The invoice has no charge.", run.Value<string>("Problem"));
    }

    [Fact]
    public void An_invoice_without_a_charge_does_not_make_the_other_a_second_one()
    {
        _engine.ConnectSandbox().Ok($"@{{ Path = '/1' }} | {Task} -Journal $journal > $null; $invoice = Get-TruebitJournal $journal | Get-TruebitInvoice");
        string id = _engine.Ok("$invoice").Value<string>("ExecutionId");
        using HubServer hub = new(_ => CannedResponse.Json($$"""{"executionId":"{{id}}","invoiceId":"9","lineItem":[{"operation":"pay"}]}"""));

        EngineRun run = _engine.Connect(hub.Endpoint).Ok($"& {{ Get-TruebitInvoice {id}; $invoice }} | Compare-TruebitJournal $journal");

        Assert.Equal(["Charged", "NotCharged"], run.Values<string>("Status"));
    }

    [Fact]
    public void A_journal_that_is_missing_ends_it_before_anything_is_written()
    {
        _engine.ConnectSandbox().Ok($"@{{ Path = '/1' }} | {Task} -Journal $journal > $null");

        EngineRun run = _engine.Run("Get-TruebitJournal $journal | Get-TruebitInvoice | Compare-TruebitJournal $journal, nowhere.journal");

        Assert.Equal("JournalNotFound", run.End.Id);
        Assert.Empty(run.Output);
    }
}
