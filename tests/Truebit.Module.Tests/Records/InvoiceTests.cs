using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Records;

public sealed class InvoiceTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void What_is_waited_for_is_said_once()
    {
        _engine.ConnectSandbox();

        EngineRun run = _engine.Run("'00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002' | Get-TruebitInvoice -Wait -Timeout 0.3");

        Assert.Equal(["WaitTimeout", "WaitTimeout"], run.ErrorIds);
        Assert.Matches("^The hub has no invoice of the execution '00000000-0000-4000-8000-00000000000[12]' yet, or does not know it. Waiting for up to 0.3 s", Assert.Single(run.Warnings));
    }

    [Fact]
    public void The_published_invoice_is_read()
    {
        const string invoice = """
            {"executionId":"e7e444fa-96c5-45c9-9c65-dd9f8edfdafd","taskId":"api_142456019dd5b351e82b6f679bf7b36af9e9a0fd523f30844a2c479d908b913e","taskCreated_timeStamp":1762441264136,
            "invoiceId":"4750340717624412641106","byteGasPrice":0.0002,"lineItem":[{"operation":"charge","account":"0x04cD16f6525110B023435d5a0dCA6532acc2C8F7","totalTransferredBytes":{"request":0,"response":0}}],
            "accounting_signature":{"v":27,"r":"2cb73383","s":"3e245d19"}}
            """;

        EngineRun run = Get(invoice);

        Assert.Equal(invoice, run.Value<string>("RawJson"));
        Assert.Equal("4750340717624412641106", run.Value<string>("InvoiceId"));
        Assert.Equal(new DateTime(2025, 11, 6, 15, 1, 4, 136), run.Value<DateTime>("CreatedAt"));
        Assert.Equal((0.0002m, "0.0002", "Byte", 0m), (run.Value<decimal>("UnitPrice"), run.Value<string>("UnitPriceText"), run.Value<string>("Per"), run.Value<decimal>("Total")));
        Assert.Equal(("Api", "hub gas, not a currency"), (run.Value<string>("Kind"), run.Value<string>("Unit")));
        Assert.Equal("2cb73383", EngineRun.Of<string>(run.Value<PSObject>("Signature"), "R"));
    }

    [Theory]
    [InlineData("""{"invoiceId":1,"stepGasPrice":5e-7,"lineItem":[{"operation":"charge","total_steps_computed":12,"peak_memory_used":7},{"operation":"pay","total_steps_computed":12}]}""", "0.0000060")]
    [InlineData("""{"invoiceId":1,"stepGasPrice":"5e-7","lineItem":[{"operation":"charge","total_steps_computed":"12"}]}""", "0.000006")]
    [InlineData("""{"invoiceId":1,"byteGasPrice":0.0002,"lineItem":[{"operation":"charge","totalTransferredBytes":{"request":"194","response":438}},{"operation":"penalty","totalTransferredBytes":{"request":1,"response":1}}]}""", "0.1264")]
    [InlineData("""{"invoiceId":1,"byteGasPrice":0.0002,"lineItem":{"operation":"charge","totalTransferredBytes":{"request":1,"response":2}}}""", "0.0006")]
    [InlineData("""{"invoiceId":1,"stepGasPrice":5e-7,"lineItem":[{"operation":"charge","total_steps_computed":12},{"operation":"charge","total_steps_computed":30}]}""", "0.000021")]
    [InlineData("""{"invoiceId":1,"stepGasPrice":0.1234567890123456789012345678,"lineItem":[{"operation":"charge","total_steps_computed":3}]}""", "0.3703703670370370367037037034")]
    [InlineData("""{"invoiceId":1,"stepGasPrice":2E+3,"lineItem":[{"operation":"charge","total_steps_computed":9007199254740993}]}""", "18014398509481986000")]
    [InlineData("""{"invoiceId":1,"stepGasPrice":0.12345678901234567890123456789,"lineItem":[{"operation":"charge","total_steps_computed":3}]}""", null)]
    [InlineData("""{"invoiceId":1,"stepGasPrice":1e-29,"lineItem":[{"operation":"charge","total_steps_computed":3}]}""", null)]
    [InlineData("""{"invoiceId":1,"stepGasPrice":7e27,"lineItem":[{"operation":"charge","total_steps_computed":1000}]}""", null)]
    [InlineData("""{"invoiceId":1,"byteGasPrice":0.0002,"lineItem":[{"operation":"charge","totalTransferredBytes":{"request":194}}]}""", null)]
    [InlineData("""{"invoiceId":1,"byteGasPrice":0.0002,"lineItem":[{"operation":"charge"},{"operation":"charge","totalTransferredBytes":{"request":1,"response":1}}]}""", null)]
    [InlineData("""{"invoiceId":1,"stepGasPrice":"free","lineItem":[{"operation":"charge","total_steps_computed":3}]}""", null)]
    [InlineData("""{"invoiceId":1,"stepGasPrice":5e-7,"lineItem":[]}""", null)]
    [InlineData("""{"invoiceId":1,"lineItem":"none"}""", null)]
    public void The_total_is_exact_or_not_told(string invoice, string? total)
    {
        decimal? actual = (decimal?)Get(invoice).Output.Single().Properties["Total"].Value;

        Assert.Equal(total is null ? null : decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture), actual);
    }

    [Fact]
    public void Lines_are_typed_and_unknown_operations_passed_on()
    {
        const string line = """{"operation":"refund","account":"0x02","total_steps_computed":12,"peak_memory_used":"131072"}""";
        _engine["invoice"] = Get($$"""{"invoiceId":1,"stepGasPrice":5e-7,"lineItem":[{{line}}]}""").Output.Single();

        EngineRun run = _engine.Ok("$invoice.LineItems");

        Assert.Equal(("refund", "0x02", 12L, 131072L, 0.000006m), (run.Value<string>("Operation"), run.Value<string>("Account"), run.Value<long>("Steps"), run.Value<long>("PeakMemory"), run.Value<decimal>("Total")));
        Assert.Equal(line, run.Value<string>("RawJson"));
    }

    [Fact]
    public void A_run_costs_what_the_ledger_says()
    {
        _engine.ConnectSandbox("-Fault @{ RecordsNotFoundFor = 0.1; StatusError = 0.2; Seed = 1 }");

        EngineRun run = _engine.Ok("1..20 | ForEach-Object { @{ Path = \"/$_\" } } | Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET | Get-TruebitInvoice -Wait");

        EngineRun ledger = _engine.Ok("Get-TruebitSandbox -Ledger");
        Assert.Equal(20, run.Output.Count);
        Assert.Equal(
            ledger.Output.Select(static charge => (EngineRun.Of<string>(charge, "ExecutionId"), EngineRun.Of<decimal>(charge, "Gas"))).Order(),
            run.Output.Select(static invoice => (EngineRun.Of<string>(invoice, "ExecutionId"), EngineRun.Of<decimal>(invoice, "Total"))).Order());
    }

    [Fact]
    public void The_views_fit_and_say_the_unit()
    {
        _engine.ConnectSandbox().Ok("$invoice = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a | Get-TruebitInvoice -Wait");

        Assert.All(_engine.Show("$invoice"), static line => Assert.DoesNotContain("…", line));
        Assert.Contains(_engine.Show("$invoice | Format-List"), static line => line.Contains("hub gas, not a currency", StringComparison.Ordinal));
    }

    private EngineRun Get(string invoice)
    {
        using HubServer hub = new(_ => CannedResponse.Json(invoice));
        return _engine.Connect(hub.Endpoint).Ok("Get-TruebitInvoice e7e444fa-96c5-45c9-9c65-dd9f8edfdafd");
    }
}
