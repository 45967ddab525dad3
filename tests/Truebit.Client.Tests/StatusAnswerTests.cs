using System.Net;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>What an answer to a status call means (truebit-api.md 4.2, 5).</summary>
public sealed class StatusAnswerTests : IAsyncDisposable
{
    private readonly Hub _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("""{"status":"Running"}""", ExecutionStatus.Running)]
    [InlineData("""{"verificationStatus":"Indeterminate"}""", ExecutionStatus.Indeterminate)]
    [InlineData("""{"clearTextSolution":{"output":"1"}}""", ExecutionStatus.Success)]
    public async Task An_answer_without_the_id_is_about_the_id_that_was_asked_for(string answer, ExecutionStatus status)
    {
        _hub.OnStatus(CannedResponse.Json(answer));

        HubExecution execution = await _hub.GetAsync();

        Assert.Equal(Hub.Id, execution.Id);
        Assert.Equal(status, execution.Status);
    }

    [Fact]
    public async Task A_word_that_is_not_documented_is_waited_out_and_named_where_that_takes_too_long()
    {
        CannedResponse archived = CannedResponse.Json($$"""{"executionId":"{{Hub.Id}}","status":"Archived \u001b[31m"}""");
        _hub.OnExecute(CannedResponse.Accepted()).OnStatus(archived);

        HubException e = await _hub.FailAsync(timeout: TimeSpan.FromMilliseconds(50));

        Assert.Equal(HubErrorCode.WaitTimeout, e.Code);
        Assert.Contains("Its status is 'Archived [31m', a word that", e.Message);
        Assert.StartsWith($"The execution '{Hub.Id}' has the status 'Archived [31m'", Assert.Single(_hub.Log.Warnings));
    }

    [Fact]
    public async Task A_word_that_is_not_documented_may_be_of_a_running_execution()
    {
        _hub.OnExecute(CannedResponse.Accepted()).OnStatus(
            CannedResponse.Json($$"""{"executionId":"{{Hub.Id}}","status":"Queued"}"""), CannedResponse.Running(), CannedResponse.Success());

        HubExecution execution = await _hub.RunAsync();

        Assert.Equal(ExecutionStatus.Success, execution.Status);
        Assert.Single(_hub.Log.Warnings);
    }

    [Fact]
    public async Task A_word_that_is_not_documented_is_final_where_there_is_an_output()
    {
        _hub.OnExecute(CannedResponse.Accepted()).OnStatus(
            CannedResponse.Json($$"""{"executionId":"{{Hub.Id}}","status":"Settled","clearTextSolution":{"output":1} }"""));

        HubExecution execution = await _hub.RunAsync();

        Assert.Equal((ExecutionStatus.Unknown, "Settled"), (execution.Status, execution.StatusText));
        Assert.True(execution.IsFinished);
        Assert.Empty(_hub.Log.Warnings);
    }

    [Fact]
    public async Task A_function_execution_is_one_of_its_kind()
    {
        _hub.Server.On(
            "/task/function/execution-status/f1",
            CannedResponse.Json("""{"executionId":"f1","clearTextSolution":{"output":"20","executionStatus":"succeed"},"verificationStatus":"Success"}"""));

        HubExecution execution = await _hub.Runner.GetAsync(
            TaskKind.Function, "f1", [], untilFinished: false, Hub.Deadline, TestContext.Current.CancellationToken);

        Assert.Equal(TaskKind.Function, execution.Kind);
        Assert.Equal("succeed", execution.SolutionStatus);
        Assert.Equal("\"20\"", execution.OutputJson);
    }

    [Fact]
    public async Task A_404_means_that_the_hub_does_not_know_the_execution()
    {
        _hub.OnStatus(CannedResponse.Json("""{"message":"no execution with this id"}""", 404));

        HubException e = await FailAsync();

        Assert.Equal(HubErrorCode.ExecutionNotFound, e.Code);
        Assert.Equal(HttpStatusCode.NotFound, e.StatusCode);
        Assert.Equal("no execution with this id", e.HubMessage);
        Assert.Contains("no execution with this id", e.Message, StringComparison.Ordinal);
        Assert.Equal(Hub.Id, e.ExecutionId);
        Assert.Equal(1, _hub.Polls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public async Task The_old_contracts_200_with_a_message_means_the_same(string start)
    {
        _hub.OnStatus(CannedResponse.Json(start + """{"message":"Invalid execution id"}"""));

        HubException e = await FailAsync();

        Assert.Equal(HubErrorCode.ExecutionNotFound, e.Code);
        Assert.Equal("Invalid execution id", e.HubMessage);
        Assert.Equal(Hub.Id, e.ExecutionId);
    }

    [Theory]
    [InlineData(400, HubErrorCode.InvalidRequest)]
    [InlineData(401, HubErrorCode.AuthenticationFailed)]
    [InlineData(403, HubErrorCode.AuthenticationFailed)]
    public async Task A_refusal_is_not_asked_again(int status, HubErrorCode code)
    {
        _hub.OnStatus(CannedResponse.Json("""{"message":"no"}""", status), CannedResponse.Success());

        HubException e = await FailAsync(untilFinished: true);

        Assert.Equal(code, e.Code);
        Assert.Equal(status, (int?)e.StatusCode);
        Assert.Equal(Hub.Id, e.ExecutionId);
        Assert.Equal(1, _hub.Polls);
    }

    [Theory]
    [InlineData("<html><head><title>Maintenance</title></head></html>", 200, "Maintenance")]
    [InlineData("""{"executionId":"e7e4""", 200, "e7e4")]
    [InlineData("[]", 200, null)]
    [InlineData("", 200, null)]
    [InlineData("", 204, null)]
    public async Task What_is_not_the_hubs_answer_is_asked_again_and_then_reported(string body, int status, string? words)
    {
        _hub.OnStatus(CannedResponse.Json(body, status));

        HubException e = await FailAsync();

        Assert.Equal(HubErrorCode.InvalidResponse, e.Code);
        Assert.Equal(Hub.Id, e.ExecutionId);
        Assert.Contains(words ?? "", e.Message, StringComparison.Ordinal);
        Assert.Equal(Hub.Short.UnreadableAnswers, _hub.Polls);
    }

    [Fact]
    public async Task A_single_unreadable_answer_is_forgiven()
    {
        _hub.OnStatus(CannedResponse.Text("text/html", "<html></html>", 200), CannedResponse.Success());

        Assert.Equal(ExecutionStatus.Success, (await _hub.GetAsync()).Status);
    }

    private Task<HubException> FailAsync(bool untilFinished = false) =>
        Assert.ThrowsAsync<HubException>(() => _hub.GetAsync(untilFinished: untilFinished));
}
