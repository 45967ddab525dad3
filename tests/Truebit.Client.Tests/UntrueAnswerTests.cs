using System.IO.Compression;
using System.Text;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>Answers that are well formed and untrue, or that say more than their status does (design.md, "Money safety").</summary>
public sealed class UntrueAnswerTests : IAsyncDisposable
{
    private const string Other = "0ddba11e-0000-4000-8000-000000000001";

    private readonly Hub _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(203)]
    [InlineData(206)]
    [InlineData(299)]
    public async Task Any_success_with_an_id_accepts(int status)
    {
        _hub.OnExecute(CannedResponse.Accepted() with { Status = status }).OnStatus(CannedResponse.Success());

        Assert.Equal(ExecutionStatus.Success, (await _hub.RunAsync()).Status);
        Assert.Equal(["sending", "accepted", "finished"], _hub.Told.Steps);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(404)]
    [InlineData(407)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Any_other_answer_with_an_id_is_unknown_and_the_id_is_kept(int status)
    {
        _hub.OnExecute(CannedResponse.Json($$"""{"message":"no","executionId":"{{Other}}"}""", status, "Retry-After: 0"), CannedResponse.Success());

        HubException e = await UnknownAsync(Other);

        Assert.Equal(status, (int?)e.StatusCode);
        Assert.Contains($"The answer names the execution '{Other}'.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"executionId":"x1","clearTextSolution":{"output":{"id":""")]
    [InlineData("""{"executionId":"x1","clearTextSolution":{"output":NaN}}""")]
    [InlineData("""{"executionId":"x1"} and more""")]
    [InlineData("""{"status":"Success","executionId":"x1","output":"\ud800""")]
    [InlineData("\uFEFF{\"executionId\":\"x1\",")]
    [InlineData("""{"executionId":"x1","executionId":"X1",""")]
    public async Task The_id_of_an_answer_that_is_not_JSON_to_its_end_is_kept(string body)
    {
        _hub.OnExecute(CannedResponse.Json(body));

        await UnknownAsync("x1", ignoreCase: true);
    }

    [Fact]
    public async Task The_id_of_an_answer_that_is_too_deep_is_kept_wherever_it_stands()
    {
        string deep = new string('[', 5_000) + new string(']', 5_000);
        _hub.OnExecute(CannedResponse.Json($$"""{"clearTextSolution":{"output":{{deep}}},"executionId":"{{Other}}"}"""));

        await UnknownAsync(Other);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_id_of_an_answer_that_breaks_off_is_kept(bool isCompressed)
    {
        byte[] json = Encoding.UTF8.GetBytes($$"""{"executionId":"{{Other}}","clearTextSolution":{"output":"{{Convert.ToHexString(new byte[50_000])}}"} }""");
        _hub.OnExecute(isCompressed
            ? Gzip(json) with { MissingBytes = 100 }
            : new CannedResponse { Body = json, MissingBytes = 100 });

        await UnknownAsync(Other);
    }

    [Fact]
    public async Task The_id_of_an_answer_that_is_not_finished_in_time_is_kept()
    {
        await using HubServer slow = new(_ => CannedResponse.Json($$"""{"executionId":"{{Other}}","output":""") with { MissingBytes = 100, Ending = Ending.Stall });
        using HubClient client = new(slow.Endpoint, Hub.Short with { SubmitTimeout = TimeSpan.FromMilliseconds(300) });
        TaskRunner runner = new(client, new SecretText(Hub.Key), maxHeld: 1, new RecordingLog());

        HubException e = await Assert.ThrowsAsync<HubException>(
            () => runner.RunAsync(Hub.Request(), SubmitMode.Sync, Hub.Deadline, new RecordingObserver(), CancellationToken.None, CancellationToken.None));

        Assert.Equal((HubErrorCode.OutcomeUnknown, Other), (e.Code, e.CandidateId));
    }

    [Theory]
    [InlineData("""{"executionId":"a1","status":"Success","executionId":"b2"}""")]
    [InlineData("""{"executionId":"a1","executionId":"b2",""")]
    [InlineData("""{"executionId":"."}""")]
    [InlineData("""{"executionId":".."}""")]
    [InlineData("""{"executionId":"a\u001b[31m"}""")]
    [InlineData("""{"executionId":"a\u202eb"}""")]
    [InlineData("""{"executionId":"a\u2028b"}""")]
    [InlineData("""{"executionId":"\ud83d\ude00"}""")]
    [InlineData("""{"executionId":"\ud83d"}""")]
    [InlineData("""{"executionId":"  "}""")]
    [InlineData("""{"output":{"executionId":"a1"}}""")]
    [InlineData("""[{"executionId":"a1"}]""")]
    public async Task Two_ids_and_what_cannot_be_an_id_are_none(string body)
    {
        _hub.OnExecute(CannedResponse.Json(body));

        await UnknownAsync(null);
    }

    [Fact]
    public async Task An_id_has_at_most_256_characters()
    {
        _hub.OnExecute(CannedResponse.Accepted(new string('a', 256)), CannedResponse.Accepted(new string('a', 257)));

        await _hub.RunAsync(SubmitMode.Async);
        Assert.Equal(HubErrorCode.OutcomeUnknown, (await _hub.FailAsync()).Code);
    }

    [Fact]
    public async Task An_id_that_quotes_the_key_or_a_header_is_kept_nowhere()
    {
        const string Secret = "tok-5fd1e7a3-header-c2b4f0ab";
        _hub.OnExecute(CannedResponse.Json($$"""{"executionId":"x-{{Hub.Key}}"}""", 500), CannedResponse.Json($$"""{"executionId":"x-{{Secret}}"}""", 500));

        foreach (HubException e in new[] { await _hub.FailAsync(), await _hub.FailAsync(request: Hub.Request("{}", Hub.Header("X-Token", Secret))) })
        {
            Assert.Equal((HubErrorCode.OutcomeUnknown, null), (e.Code, e.CandidateId));
            Assert.DoesNotContain(Hub.Key, e.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Secret, e.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(SubmitMode.Wait)]
    [InlineData(SubmitMode.Sync)]
    public async Task An_id_that_another_row_has_accepts_nothing(SubmitMode mode)
    {
        _hub.OnExecute(CannedResponse.Success(Other), CannedResponse.Success(Other.ToUpperInvariant()), CannedResponse.Success("third"));

        await _hub.RunAsync(mode);
        HubException e = await _hub.FailAsync(mode);
        await _hub.RunAsync(mode);

        Assert.Equal((HubErrorCode.OutcomeUnknown, null), (e.Code, e.CandidateId));
        Assert.Contains("which is another row's", e.Message, StringComparison.Ordinal);
        Assert.Equal(["sending", "accepted", "finished", "sending", "unknown", "sending", "accepted", "finished"], _hub.Told.Steps);
    }

    [Fact]
    public async Task An_id_that_a_row_of_the_journal_has_accepts_nothing()
    {
        _hub.Runner.Reserve(Other);
        _hub.OnExecute(CannedResponse.Success(Other));

        Assert.Equal(HubErrorCode.OutcomeUnknown, (await _hub.FailAsync()).Code);
    }

    [Fact]
    public async Task A_status_answer_for_another_execution_is_asked_for_again_and_never_taken()
    {
        _hub.OnExecute(CannedResponse.Accepted()).OnStatus(CannedResponse.Success(Other, "666"), CannedResponse.Success(output: "1"));

        HubExecution execution = await _hub.RunAsync();

        Assert.Equal((Hub.Id, "1"), (execution.Id, execution.OutputJson));
    }

    [Fact]
    public async Task A_hub_that_answers_for_another_execution_again_and_again_ends_the_row_under_its_own_id()
    {
        _hub.OnExecute(CannedResponse.Accepted()).OnStatus(CannedResponse.Success(Other, "666"));

        HubException e = await _hub.FailAsync();

        Assert.Equal((HubErrorCode.InvalidResponse, Hub.Id), (e.Code, e.ExecutionId));
        Assert.Contains($"was asked for the execution '{Hub.Id}' and answered for another execution, '{Other}'", e.Message, StringComparison.Ordinal);
        Assert.Equal(["sending", "accepted"], _hub.Told.Steps);
    }

    [Fact]
    public async Task The_id_of_a_status_answer_may_be_written_in_capitals_or_left_out()
    {
        _hub.OnStatus(CannedResponse.Success(Hub.Id.ToUpperInvariant()), CannedResponse.Json("""{"status":"Success"}"""));

        Assert.Equal(Hub.Id, (await _hub.GetAsync()).Id);
        Assert.Equal(Hub.Id, (await _hub.GetAsync()).Id);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData(" ")]
    public async Task What_cannot_be_an_id_is_not_asked_for(string id)
    {
        foreach (Func<Task> ask in new Func<Task>[]
        {
            () => _hub.Runner.GetAsync(TaskKind.Api, id, [], untilFinished: false, Hub.Deadline, CancellationToken.None),
            () => _hub.Runner.GetAsync(DocumentQuery.Transcript(id, TaskKind.Api), [], untilComplete: false, Hub.Deadline, CancellationToken.None),
        })
        {
            Assert.Equal(HubErrorCode.InvalidRequest, (await Assert.ThrowsAsync<HubException>(ask)).Code);
        }

        Assert.Empty(_hub.Server.Requests);
    }

    private static CannedResponse Gzip(byte[] body)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return new CannedResponse { Body = packed.ToArray(), Headers = ["Content-Encoding: gzip"] };
    }

    private async Task<HubException> UnknownAsync(string? candidate, bool ignoreCase = false)
    {
        HubException e = await _hub.FailAsync();
        Assert.Equal(HubErrorCode.OutcomeUnknown, e.Code);
        Assert.Equal(candidate, e.CandidateId, ignoreCase);
        Assert.Equal([e.CandidateId], _hub.Told.Candidates);
        Assert.Equal(["sending", "unknown"], _hub.Told.Steps);
        Assert.Equal(1, _hub.Posts);
        return e;
    }
}
