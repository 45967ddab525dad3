using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Truebit.Proof;

namespace Truebit.Sandbox.Tests;

/// <summary>The sandbox's transcripts and invoices: what proves the hub's proves them.</summary>
public sealed class DocumentTests
{
    private const string Input = """{"path":"/ä","method":"POST","body":{"price":5e-7,"n":1.10},"headers":{"X":"s3cret"}}""";

    [Fact]
    public async Task The_transcript_of_an_api_task_is_proved()
    {
        using SandboxCaller caller = new();
        string id = (await caller.EchoAsync(Input)).Id;

        Reply reply = await caller.GetAsync($"/task/{id}/transcript");

        AssertProved(reply);
        Assert.Equal(["api_task_created", "api_outcome", "execution_completed"], Types(reply));
        JsonElement dispatch = reply.Json.GetProperty("transcript")[0].GetProperty("message");
        Assert.Equal(Input, dispatch.GetProperty("input").GetRawText());
        Assert.Equal("/sandbox/echo", dispatch.GetProperty("taskPath").GetString());
        Assert.All(reply.Json.GetProperty("transcript").EnumerateArray(), message => Assert.Equal(id, message.GetProperty("executionId").GetString()));
    }

    [Fact]
    public async Task The_transcript_of_a_function_task_is_proved_but_for_the_nodes()
    {
        using SandboxCaller caller = new();
        Reply result = await caller.FunctionAsync("\"20\"");

        Reply reply = await caller.GetAsync($"/task/{result.Id}/transcript");

        AssertProved(reply);
        Assert.Equal(["task_created", "node_outcome", "solutions_revealed", "execution_completed"], Types(reply));
        Assert.Contains($"\"r\":\"{result.At("signature", "r")}\"", reply.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invoice_is_signed_by_the_signer_of_the_transcript_and_adds_up_to_the_ledger(bool isFunction)
    {
        using SandboxCaller caller = new();
        string id = (isFunction ? await caller.FunctionAsync("\"20\"") : await caller.EchoAsync(Input)).Id;
        ProofReport transcript = AssertProved(await caller.GetAsync($"/task/{id}/transcript"));

        Reply reply = await caller.GetAsync($"/task/{id}/transcriptInvoice");

        ProofReport report = Prover.Prove(Encoding.UTF8.GetBytes(reply.Text), new ProofOptions { Transcript = transcript.Witness });
        Assert.True(report.IsProved, string.Join("\n", report.Checks));
        JsonElement charge = Assert.Single(reply.Json.GetProperty("lineItem").EnumerateArray(), static item => item.GetProperty("operation").GetString() == "charge");
        decimal price = decimal.Parse(reply.At(isFunction ? "stepGasPrice" : "byteGasPrice"), NumberStyles.Float, CultureInfo.InvariantCulture);
        long count = isFunction
            ? charge.GetProperty("total_steps_computed").GetInt64()
            : charge.GetProperty("totalTransferredBytes").GetProperty("request").GetInt64() + charge.GetProperty("totalTransferredBytes").GetProperty("response").GetInt64();
        Assert.Equal(price * count, Assert.Single(caller.Hub.Ledger).Gas);
        Assert.True(reply.At("invoiceId").Length > 19);
    }

    [Fact]
    public async Task The_bytes_of_an_invoice_are_those_of_the_result()
    {
        using SandboxCaller caller = new();
        Reply result = await caller.EchoAsync(Input);

        Reply invoice = await caller.GetAsync($"/task/{result.Id}/transcriptInvoice");

        Assert.Equal(result.At("totalTransferredBytes"), invoice.Json.GetProperty("lineItem")[0].GetProperty("totalTransferredBytes").GetRawText());
    }

    [Fact]
    public async Task Asked_for_again_only_the_time_of_the_question_changes()
    {
        using SandboxCaller caller = new();
        string id = (await caller.EchoAsync(Input)).Id;

        Reply one = await caller.GetAsync($"/task/{id}/transcript");
        string hash = one.Json.GetProperty("transcript")[2].GetProperty("transcriptHash").GetString()!;
        Reply again = await caller.GetAsync($"/task/hash/{hash}/transcript");

        Assert.Equal(one.At("transcript"), again.At("transcript"));
        AssertProved(again);
        Assert.Equal((await caller.GetAsync($"/task/{id}/transcriptInvoice")).Text, (await caller.GetAsync($"/task/{id}/transcriptInvoice")).Text);
    }

    [Theory]
    [InlineData("/task/unknown/transcript")]
    [InlineData("/task/hash/00/transcript")]
    [InlineData("/task/unknown/transcriptInvoice")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using SandboxCaller caller = new();

        Reply reply = await caller.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "no transcript or invoice of this execution is known"), (reply.Status, reply.Message));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await caller.GetAsync(path, "DELETE")).Status);
    }

    [Fact]
    public async Task A_running_execution_has_none()
    {
        using SandboxCaller caller = new(new SandboxOptions { Latency = TimeSpan.FromHours(1) });
        string id = (await caller.EchoAsync(Input, isAsync: true)).Id;

        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync($"/task/{id}/transcript")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync($"/task/{id}/transcriptInvoice")).Status);
        Assert.Equal(0, caller.Hub.Counts.Faults);
    }

    [Fact]
    public async Task They_can_be_made_to_come_late()
    {
        using SandboxCaller caller = new(new SandboxOptions { Faults = new SandboxFaults { RecordsNotFoundFor = TimeSpan.FromHours(1) } });
        string id = (await caller.EchoAsync(Input)).Id;

        Assert.Equal(HttpStatusCode.OK, (await caller.ApiStatusAsync(id)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync($"/task/{id}/transcript")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync($"/task/{id}/transcriptInvoice")).Status);
        Assert.Equal(2, caller.Hub.Counts.Faults);
    }

    [Fact]
    public async Task They_can_be_made_to_fail()
    {
        using SandboxCaller caller = new(new SandboxOptions { Faults = new SandboxFaults { StatusError = 1 } });
        string id = (await caller.EchoAsync(Input)).Id;

        Assert.True((int)(await caller.GetAsync($"/task/{id}/transcriptInvoice")).Status is 500 or 503);
        Assert.Equal((1, 0), (caller.Hub.Counts.Faults, caller.Hub.Counts.StatusQueries));
    }

    private static ProofReport AssertProved(Reply reply)
    {
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        ProofReport report = Prover.Prove(Encoding.UTF8.GetBytes(reply.Text));
        Assert.True(report.IsProved, string.Join("\n", report.Checks));
        return report;
    }

    private static IEnumerable<string?> Types(Reply reply) =>
        reply.Json.GetProperty("transcript").EnumerateArray().Select(static message => message.GetProperty("type").GetString());
}
