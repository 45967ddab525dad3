using System.Text.Json;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>Function tasks: what is on the wire, and what their own endpoints answer (truebit-api.md 2.4, 2.5, 11).</summary>
public sealed class FunctionTests : IAsyncDisposable
{
    private readonly Hub _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_request_has_every_documented_member()
    {
        string sent = await SentAsync(new FunctionTaskRequest
        {
            Namespace = "a67fa7c8",
            TaskName = "fibonacci",
            Label = "stable",
            Version = 3,
            Input = """{"n":"ä"}""",
            TotalSolutions = 3,
            RequiredSolutions = 2,
            RequesterTimestamp = 1_710_262_226,
            GasLimit = "60000000000",
            ExecutionTimeout = 6000,
        });

        Json.Equal(
            """
            {"namespace":"a67fa7c8","taskName":"fibonacci","label":"stable","version":3,"async":true,"input":"{\"n\":\"ä\"}","totalSolutions":3,
             "requiredSolutions":2,"taskRequesterTimestamp":1710262226,"gasLimit":"60000000000","executionTimeout":6000}
            """,
            sent);
    }

    [Fact]
    public async Task One_node_is_asked_at_the_time_of_sending_unless_said_otherwise()
    {
        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        string sent = await SentAsync(Hub.FunctionRequest());

        using JsonDocument body = JsonDocument.Parse(sent);
        uint timestamp = body.RootElement.GetProperty("taskRequesterTimestamp").GetUInt32();
        Assert.InRange(timestamp, before, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Json.Equal(
            $$"""
            {"namespace":"a67fa7c8","taskName":"fibonacci","async":true,"input":"20","totalSolutions":1,"requiredSolutions":1,
             "taskRequesterTimestamp":{{timestamp}}}
            """,
            sent);
    }

    [Theory]
    [InlineData("""{"executionId":"f1","clearTextSolution":{"output":"20","executionStatus":"succeed","senderAddress":"0xE3Ac"},"signature":{"v":28,"r":"b3d3","s":"798b"},"verificationStatus":"Success"}""")]
    [InlineData("""{"executionId":"f1","clearTextSolution":{"output":"20","executionStatus":"succeed","senderAddress":"0xE3Ac","signature":{"v":28,"r":"b3d3","s":"798b"}},"verificationStatus":"Success"}""")]
    [InlineData("""{"executionId":"f1","clearTextSolution":{"output":"20","status":"succeed","senderAddress":"0xE3Ac"},"signature":{"v":28,"r":"b3d3","s":"798b"},"status":"Success"}""")]
    public async Task The_answers_of_all_generations_say_the_same(string answer)
    {
        _hub.Server.On(Hub.FunctionExecutePath, CannedResponse.Json(answer));

        HubExecution execution = await _hub.RunAsync(SubmitMode.Sync, Hub.FunctionRequest());

        Assert.Equal((TaskKind.Function, "f1", ExecutionStatus.Success), (execution.Kind, execution.Id, execution.Status));
        Assert.Equal(("succeed", "0xE3Ac", "\"20\""), (execution.SolutionStatus, execution.SenderAddress, execution.OutputJson));
        Assert.Equal(new HubSignature("28", "b3d3", "798b"), execution.Signature);
    }

    [Theory]
    [InlineData("verificationStatus", "Indeterminate", ExecutionStatus.Indeterminate)]
    [InlineData("verificationStatus", "Error", ExecutionStatus.Error)]
    [InlineData("status", "Indeterminate", ExecutionStatus.Indeterminate)]
    public async Task A_running_function_is_polled_at_its_own_endpoint_until_the_nodes_are_done(string member, string word, ExecutionStatus status)
    {
        _hub.Server.On(Hub.FunctionExecutePath, CannedResponse.Accepted("f1"));
        _hub.Server.On(
            Hub.FunctionStatusPath, CannedResponse.Json($$"""{"executionId":"f1","{{member}}":"Running"}"""), CannedResponse.Json($$"""{"executionId":"f1","{{member}}":"{{word}}"}"""));

        HubExecution execution = await _hub.RunAsync(request: Hub.FunctionRequest());

        Assert.Equal((status, true), (execution.Status, execution.IsFinished));
        Assert.Equal(2, _hub.Server.Count(Hub.FunctionStatusPath + "f1"));
        Assert.Equal((1, 0, 0), (_hub.Server.Count(Hub.FunctionExecutePath), _hub.Posts, _hub.Polls));
    }

    private async Task<string> SentAsync(FunctionTaskRequest request)
    {
        _hub.Server.On(Hub.FunctionExecutePath, CannedResponse.Json("""{"executionId":"f1","verificationStatus":"Success"}"""));
        await _hub.RunAsync(request: request);
        return Assert.Single(_hub.Server.Requests).Body;
    }
}
