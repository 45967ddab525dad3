using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Journals;

/// <summary>What runs cost, by an estimate: each execution of this hub has transferred 632 bytes.</summary>
public sealed class GasTests
{
    private const string Limit = "-MaxGas 0.3 -GasPrice 0.0002 -ThrottleLimit 1";

    [Fact]
    public void MaxGas_stops_the_sending_once_the_estimate_reaches_it()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        EngineRun first = runs.Rows(1, 6, Limit);
        EngineRun second = runs.Rows(1, 6, Limit);

        Assert.Equal([1, 2, 3], JournalRun.Numbers(first));
        Assert.Equal(
            ["Rows not sent: 3, because -MaxGas 0.3 was reached: 1,896 bytes, at a sandbox's made-up 0.0002 a byte, are an estimated 0.3792 of the hub's gas. Run the same command with the same journal to send them."],
            first.Warnings);
        Assert.EndsWith(" 1,896 bytes transferred, an estimated 0.3792 of the hub's gas at a sandbox's made-up 0.0002 a byte.", JournalRun.Summary(first));
        Assert.Equal([1, 2, 3, 4, 5, 6], JournalRun.Numbers(second));
        Assert.Equal(6, runs.Sent);
    }

    [Fact]
    public void Cumulative_counts_the_bytes_of_earlier_runs()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        runs.Rows(1, 6, $"{Limit} -Cumulative");
        EngineRun second = runs.Rows(1, 6, $"{Limit} -Cumulative");
        EngineRun third = runs.Rows(1, 6, $"{Limit.Replace("0.3", "0.5")} -Cumulative");

        Assert.Equal([1, 2, 3], JournalRun.Numbers(second));
        Assert.StartsWith("Rows not sent: 3, because -MaxGas 0.3 was reached: 1,896 bytes, those of earlier runs included,", second.Warnings.Single());
        Assert.Equal([1, 2, 3, 4], JournalRun.Numbers(third));
    }

    [Fact]
    public void A_price_alone_gives_an_estimate()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        EngineRun run = runs.NewEngine().Ok($"{TaskHub.Rows(1, 2)} | Invoke-TruebitTask -GasPrice 0.5 -InformationVariable told > $null; $told.MessageData");

        Assert.Equal(1264, run.Value<long>("TransferredBytes"));
        Assert.Equal(632m, run.Value<decimal>("EstimatedGas"));
        Assert.Equal(0.5m, run.Value<decimal>("GasPrice"));
    }

    [Theory]
    [InlineData("", "there is no -Journal whose invoices have it")]
    [InlineData("-Journal $journal", "the journal has no finished execution whose invoice has it")]
    public void A_limit_without_a_price_ends_the_command_before_anything_is_sent(string journal, string why)
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        (string id, string message) = runs.NewEngine().Run($"{TaskHub.Rows(1, 2)} | Invoke-TruebitTask -MaxGas 1 {journal}").End;

        Assert.Equal("GasPriceUnknown", id);
        Assert.Equal(
            $"-MaxGas needs the price of a byte, and it is not known: {why}. Nothing was sent. Give it with -GasPrice; an invoice of Get-TruebitInvoice has it as UnitPrice.",
            message);
        Assert.Equal(0, runs.Sent);
    }

    [Fact]
    public void An_invoice_that_the_hub_does_not_give_is_no_price()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);
        runs.Rows(1, 1);

        (string id, string message) = runs.Rows(1, 2, "-MaxGas 1").End;

        Assert.Equal("GasPriceUnknown", id);
        Assert.Contains("invoice of the execution", message);
        Assert.Equal(1, runs.Sent);
    }

    [Fact]
    public void The_price_comes_from_an_invoice_of_the_journal()
    {
        using Engine engine = new();
        engine.ConnectSandbox();
        string file = Path.Combine(Path.GetTempPath(), $"truebit-{Guid.NewGuid()}.journal");
        engine["journal"] = file;
        const string Run = "Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Journal $journal";
        try
        {
            engine.Ok($"1..2 | ForEach-Object {{ @{{ Path = \"/$_\" }} }} | {Run}");

            EngineRun run = engine.Ok($"1..4 | ForEach-Object {{ @{{ Path = \"/$_\" }} }} | {Run} -MaxGas 1000 -InformationVariable told > $null; $told.MessageData");

            Assert.Equal(0.0002m, run.Value<decimal>("GasPrice"));
            decimal charged = engine.Ok("Get-TruebitJournal $journal | Get-TruebitInvoice -Wait | Select-Object -Last 2 | Measure-Object Total -Sum").Value<decimal>("Sum");
            Assert.Equal(charged, run.Value<decimal>("EstimatedGas"));

            EngineRun compared = engine.Ok("Get-TruebitJournal $journal | Get-TruebitInvoice -Wait | Compare-TruebitJournal $journal -InformationVariable told > $null; $told.MessageData; \"$told\"");
            decimal total = EngineRun.Of<decimal>(compared.Output[0], "Total");
            Assert.Equal(engine.Ok("Get-TruebitJournal $journal | Get-TruebitInvoice | Measure-Object Total -Sum").Value<decimal>("Sum"), total);
            Assert.Equal($"Compare-TruebitJournal: 4 charged. Total: {total} (hub gas, at a sandbox's made-up price).", compared.Output[1].ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("-MaxGas 1 -GasPrice 0", "ParameterArgumentValidationError")]
    [InlineData("-MaxGas -1 -GasPrice 1", "ParameterArgumentValidationError")]
    [InlineData("-MaxGas 1 -GasPrice 1 -Cumulative", "InvalidInput")]
    public void Limits_that_make_no_sense_are_refused(string parameters, string errorId)
    {
        using Engine engine = new();
        engine.ConnectSandbox();

        Assert.Equal(errorId, engine.Run($"@{{ Path = '/1' }} | Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET {parameters}").End.Id);
    }

    [Fact]
    public void An_execution_says_what_it_has_transferred()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        EngineRun run = runs.NewEngine().Ok($"{TaskHub.Rows(1, 1)} | Invoke-TruebitTask");

        Assert.Equal(632, run.Value<long>("TransferredBytes"));
    }

    [Fact]
    public void A_check_says_how_many_bytes_the_request_has()
    {
        using Engine engine = new();
        engine["manifest"] = Path.Combine(Repository.Root, "samples", "petstore.manifest.json");

        EngineRun run = engine.Ok("@{ 'params.orderId' = 'ü' }, @{ 'params.orderId' = 1 } | Test-TruebitTask -Manifest $manifest -Namespace n -TaskName t -Method GET -Path '/store/order/{orderId}'");

        Assert.All(run.Output, static check => Assert.Equal(
            System.Text.Encoding.UTF8.GetByteCount(EngineRun.Of<string>(check, "RequestJson")), EngineRun.Of<int>(check, "Bytes")));
    }
}
