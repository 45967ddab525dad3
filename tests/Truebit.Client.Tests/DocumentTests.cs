using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>How transcripts and invoices are read: as status calls are, with the same patience (truebit-api.md 1, 8 and 9).</summary>
public sealed class DocumentTests : IAsyncDisposable
{
    private const string TranscriptPath = $"/task/{Hub.Id}/transcript";
    private const string InvoicePath = $"/task/{Hub.Id}/transcriptInvoice";
    private const string Complete = $$"""{"executionId":"{{Hub.Id}}", "transcript":[{"type":"x"},{"type":"execution_completed"}],"n":5e-7}""";
    private const string Incomplete = $$"""{"executionId":"{{Hub.Id}}","transcript":[{"type":"api_task_created"},7]}""";
    private const string Invoice = $$"""{"executionId":"{{Hub.Id}}","invoiceId":"4750340717624412641106"}""";

    private readonly Hub _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_text_is_kept_as_it_was_sent()
    {
        _hub.Server.On(TranscriptPath, CannedResponse.Json(Complete));

        HubDocument record = await GetAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api));

        Assert.Equal((DocumentKind.Transcript, Complete, Hub.Id, true), (record.Kind, record.RawJson, record.ExecutionId, record.IsComplete));
        Assert.Equal(Hub.Key, Assert.Single(_hub.Server.Requests).Headers["x-api-key"]);
    }

    [Fact]
    public async Task Each_is_asked_for_at_its_own_address()
    {
        _hub.Server.On("/task/", CannedResponse.Json(Complete.Replace(Hub.Id, "a/b?c")), CannedResponse.Json(Complete), CannedResponse.Json(Invoice.Replace(Hub.Id, "A/B?c")));

        await GetAsync(DocumentQuery.Transcript("a/b?c", TaskKind.Api));
        await GetAsync(DocumentQuery.TranscriptOfHash("00ff"));
        await GetAsync(DocumentQuery.Invoice("a/b?c", TaskKind.Api));

        Assert.Equal(
            ["/task/a%2Fb%3Fc/transcript", "/task/hash/00ff/transcript", "/task/a%2Fb%3Fc/transcriptInvoice"],
            _hub.Server.Requests.Select(static request => request.Path));
    }

    [Fact]
    public async Task A_document_of_another_execution_is_not_the_one_that_was_asked_for()
    {
        _hub.Server.On(TranscriptPath, CannedResponse.Json(Complete.Replace(Hub.Id, "other")));
        _hub.Server.On(InvoicePath, CannedResponse.Json(Invoice.Replace(Hub.Id, "other")));

        foreach (DocumentQuery query in new[] { DocumentQuery.Transcript(Hub.Id, TaskKind.Api), DocumentQuery.Invoice(Hub.Id, TaskKind.Api) })
        {
            HubException e = await Assert.ThrowsAsync<HubException>(() => GetAsync(query));

            Assert.Equal((HubErrorCode.InvalidResponse, Hub.Id), (e.Code, e.ExecutionId));
            Assert.Contains("answered for another execution, 'other'", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_fault_that_passes_is_asked_through(int status)
    {
        _hub.Server.On(InvoicePath, CannedResponse.Empty(status), CannedResponse.Reset, CannedResponse.Close, CannedResponse.Json(Invoice));

        Assert.Equal(Invoice, (await GetAsync(DocumentQuery.Invoice(Hub.Id, TaskKind.Api))).RawJson);
        Assert.Equal(4, _hub.Server.Requests.Count);
    }

    [Theory]
    [InlineData(404, """{"message":"no such id"}""", "404): no such id")]
    [InlineData(200, """{"message":"no such id"}""", "'): no such id")]
    public async Task What_is_not_there_is_an_error_that_says_how_to_wait(int status, string body, string expected)
    {
        _hub.Server.On("/task/", CannedResponse.Json(body, status), CannedResponse.Json(body, status), CannedResponse.Json(body, status));

        HubException transcript = await FailAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api));
        HubException invoice = await FailAsync(DocumentQuery.Invoice(Hub.Id, TaskKind.Api));
        HubException hash = await FailAsync(DocumentQuery.TranscriptOfHash("ab"));

        Assert.Equal((HubErrorCode.TranscriptNotFound, HubErrorCode.InvoiceNotFound), (transcript.Code, invoice.Code));
        Assert.Equal((HubErrorCode.TranscriptNotFound, Hub.Id), (hash.Code, transcript.ExecutionId));
        Assert.All([transcript, invoice, hash], error => Assert.Contains(expected.Replace("')", "'"), error.Message));
        Assert.All([transcript, invoice, hash], static error => Assert.EndsWith("It may not be there yet: -Wait waits for it.", error.Message));
        Assert.Equal(3, _hub.Server.Requests.Count - _hub.Polls);
    }

    [Fact]
    public async Task What_is_waited_for_is_asked_for_until_it_is_there_and_complete()
    {
        _hub.Server.On(TranscriptPath, CannedResponse.Empty(404), CannedResponse.Json(Incomplete), CannedResponse.Empty(404), CannedResponse.Json(Complete));

        Assert.Equal(Complete, (await GetAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api), untilComplete: true)).RawJson);
        Assert.Equal(4, _hub.Server.Requests.Count);
    }

    [Fact]
    public async Task Without_waiting_an_incomplete_transcript_is_an_answer()
    {
        _hub.Server.On(TranscriptPath, CannedResponse.Json(Incomplete));

        Assert.False((await GetAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api))).IsComplete);
    }

    [Theory]
    [InlineData(false, HubErrorCode.TranscriptNotFound)]
    [InlineData(true, HubErrorCode.WaitTimeout)]
    public async Task What_is_missing_of_a_finished_execution_may_be_somewhere_else(bool waits, HubErrorCode code)
    {
        _hub.OnStatus(CannedResponse.Success());

        HubException known = await FailAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api), waits, TimeSpan.FromMilliseconds(50));
        _hub.OnStatus(CannedResponse.Running());
        HubException running = await FailAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api), waits, TimeSpan.FromMilliseconds(50));
        _hub.OnStatus(CannedResponse.Empty(404));
        HubException unknown = await FailAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api), waits, TimeSpan.FromMilliseconds(50));

        string hint = $"The hub knows the execution, and it has finished (Success). So what is missing is late, or this hub no longer has it at the documented address (task/{Hub.Id}/transcript).";
        Assert.Equal(code, known.Code);
        Assert.EndsWith(hint, known.Message);
        Assert.DoesNotContain("address", running.Message);
        Assert.DoesNotContain("address", unknown.Message);
        Assert.Equal(Hub.Id, known.ExecutionId);
    }

    [Fact]
    public async Task A_wait_ends_with_its_timeout()
    {
        _hub.Server.On(InvoicePath, [.. Enumerable.Repeat(CannedResponse.Json("""{"message":"no such id"}""", 404), 1000)]);

        HubException error = await FailAsync(DocumentQuery.Invoice(Hub.Id, TaskKind.Api), untilComplete: true, TimeSpan.FromMilliseconds(50));

        Assert.Equal((HubErrorCode.WaitTimeout, Hub.Id), (error.Code, error.ExecutionId));
        Assert.StartsWith($"The invoice of the execution '{Hub.Id}' was not there, or not complete, after ", error.Message);
        Assert.Contains("no such id", error.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("<html></html>")]
    public async Task What_is_none_is_an_answer_that_cannot_be_read(string body)
    {
        _hub.Server.On(TranscriptPath, [.. Enumerable.Repeat(CannedResponse.Json(body), 10)]);

        Assert.Equal(HubErrorCode.InvalidResponse, (await FailAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api))).Code);
    }

    [Fact]
    public async Task A_text_that_is_not_UTF_8_cannot_be_kept_and_is_not_read()
    {
        byte[] body = [.. "{\"invoiceId\":\""u8, 0xFF, .. "\"}"u8];
        _hub.Server.On(InvoicePath, [.. Enumerable.Repeat(new CannedResponse { Body = body }, 10)]);

        HubException error = await FailAsync(DocumentQuery.Invoice(Hub.Id, TaskKind.Api));

        Assert.Contains(error.Code, new[] { HubErrorCode.InvalidResponse, HubErrorCode.InvoiceNotFound });
    }

    private Task<HubDocument> GetAsync(DocumentQuery query, bool untilComplete = false, TimeSpan? timeout = null)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        return _hub.Runner.GetAsync(query, [], untilComplete, timeout ?? Hub.Deadline, cancel).WaitAsync(Hub.Deadline, cancel);
    }

    private Task<HubException> FailAsync(DocumentQuery query, bool untilComplete = false, TimeSpan? timeout = null) =>
        Assert.ThrowsAsync<HubException>(() => GetAsync(query, untilComplete, timeout));
}
