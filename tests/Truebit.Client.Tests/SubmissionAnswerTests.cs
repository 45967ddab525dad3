using System.Text;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>What is read out of a 200 to an execute call (truebit-api.md 2.3, 2.5).</summary>
public sealed class SubmissionAnswerTests : IAsyncDisposable
{
    private readonly Hub _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("iso-8859-1", "Müller")]
    [InlineData("utf-16", "Müller Ω")]
    [InlineData("\"UTF8\"", "Müller Ω")]
    public async Task An_answer_in_another_encoding_is_read_by_the_charset_that_it_names(string charset, string name)
    {
        string json = $$"""{"executionId":"{{CannedResponse.Id}}","status":"Success","clearTextSolution":{"output":"{{name}}"} }""";
        Encoding encoding = charset.Contains("UTF8") ? Encoding.UTF8 : Encoding.GetEncoding(charset);
        await using Hub hub = new Hub().OnExecute(new CannedResponse { Body = encoding.GetBytes(json), Headers = [$"Content-Type: application/json; charset={charset}"] });

        Assert.Equal($"\"{name}\"", (await hub.RunAsync()).OutputJson);
    }

    [Theory]
    [InlineData("Content-Encoding: br", "the answer's body has the Content-Encoding 'br', which was not asked for")]
    [InlineData("Content-Encoding: deflate, x-gzip", "the answer's body has the Content-Encoding 'deflate, x-gzip', which was not asked for")]
    [InlineData("Content-Type: application/json; charset=utf-7", "the answer's body has the charset 'utf-7', which is not known here")]
    [InlineData("Content-Type: application/json; charset=klingon", "the answer's body has the charset 'klingon', which is not known here")]
    public async Task An_answer_that_cannot_be_decoded_says_why_and_shows_no_binary(string header, string words)
    {
        await using Hub hub = new Hub().OnExecute(new CannedResponse { Body = [0x1B, 0x0B, 0xFF, 0x80, 0x41], Headers = [header] });

        HubException e = await hub.FailAsync();

        Assert.Equal((HubErrorCode.OutcomeUnknown, words), (e.Code, e.HubMessage));
    }

    [Fact]
    public async Task The_documented_sync_answer_is_read_whole()
    {
        HubExecution execution = await AnsweredAsync(
            """
            {"executionId":"e7e444fa","clearTextSolution":{"output":{"id":1},"status":"succeed","senderAddress":"0xE3Ac058B"},
             "status":"Success","totalTransferredBytes":{"request":194,"response":438}}
            """);

        Assert.Equal("e7e444fa", execution.Id);
        Assert.Equal(TaskKind.Api, execution.Kind);
        Assert.Equal(ExecutionStatus.Success, execution.Status);
        Assert.Equal("Success", execution.StatusText);
        Assert.Equal("succeed", execution.SolutionStatus);
        Assert.Equal("0xE3Ac058B", execution.SenderAddress);
        Assert.Equal(194, execution.RequestBytes);
        Assert.Equal(438, execution.ResponseBytes);
        Assert.Equal("""{"id":1}""", execution.OutputJson);
        Assert.Null(execution.Signature);
        Assert.True(execution.IsFinished);
    }

    [Fact]
    public async Task An_answer_with_only_an_id_is_a_running_execution()
    {
        HubExecution execution = await AnsweredAsync("""{"executionId":"e7e444fa"}""");

        Assert.Equal("e7e444fa", execution.Id);
        Assert.Equal(ExecutionStatus.Running, execution.Status);
        Assert.Null(execution.StatusText);
        Assert.Null(execution.OutputJson);
        Assert.False(execution.IsFinished);
    }

    [Theory]
    [InlineData("\"status\":\"Success\"", ExecutionStatus.Success, true)]
    [InlineData("\"status\":\"Error\"", ExecutionStatus.Error, true)]
    [InlineData("\"status\":\"Indeterminate\"", ExecutionStatus.Indeterminate, true)]
    [InlineData("\"status\":\"Running\"", ExecutionStatus.Running, false)]
    [InlineData("\"verificationStatus\":\"Indeterminate\"", ExecutionStatus.Indeterminate, true)]
    [InlineData("\"verificationStatus\":\"Success\",\"status\":null", ExecutionStatus.Success, true)]
    [InlineData("\"status\":\"success\"", ExecutionStatus.Success, true)]
    [InlineData("\"status\":\"Adjudicating\"", ExecutionStatus.Unknown, false)]
    [InlineData("\"status\":7", ExecutionStatus.Unknown, false)]
    [InlineData("\"clearTextSolution\":{}", ExecutionStatus.Success, true)]
    [InlineData("\"clearTextSolution\":null", ExecutionStatus.Running, false)]
    [InlineData("\"clearTextSolution\":\"text\"", ExecutionStatus.Running, false)]
    [InlineData("\"status\":\"Adjudicated\",\"clearTextSolution\":{\"output\":1}", ExecutionStatus.Unknown, true)]
    public async Task The_status_is_read_by_any_of_its_names(string member, ExecutionStatus status, bool isFinished)
    {
        HubExecution execution = await AnsweredAsync($$"""{"executionId":"x",{{member}}}""");

        Assert.Equal(status, execution.Status);
        Assert.Equal(isFinished, execution.IsFinished);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_running_execution_is_not_finished_whatever_its_solution_says(string output)
    {
        HubExecution execution = await AnsweredAsync($$$"""{"executionId":"x","status":"Running","clearTextSolution":{"output":{{{output}}}}}""");

        Assert.Equal(ExecutionStatus.Running, execution.Status);
        Assert.False(execution.IsFinished);
    }

    [Fact]
    public async Task An_unknown_status_word_is_kept()
    {
        HubExecution execution = await AnsweredAsync("""{"executionId":"x","status":"Adjudicating"}""");

        Assert.Equal("Adjudicating", execution.StatusText);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("executionStatus")]
    public async Task The_status_of_the_solution_is_read_by_either_name(string name)
    {
        HubExecution execution = await AnsweredAsync($$"""{"executionId":"x","status":"Error","clearTextSolution":{"{{name}}":"failed"} }""");

        Assert.Equal("failed", execution.SolutionStatus);
        Assert.Equal(ExecutionStatus.Error, execution.Status);
    }

    [Theory]
    [InlineData("""{"executionId":"x","signature":{"v":27,"r":"b3d3","s":"798b"}}""")]
    [InlineData("""{"executionId":"x","clearTextSolution":{"output":"","signature":{"s":"798b","r":"b3d3","v":"27"}}}""")]
    public async Task A_signature_is_found_at_the_top_and_in_the_solution(string answer)
    {
        HubExecution execution = await AnsweredAsync(answer);

        Assert.Equal(new HubSignature("27", "b3d3", "798b"), execution.Signature);
    }

    [Theory]
    [InlineData("""{"id":12345678901234567890,"price":1.10,"rate":5e-7}""")]
    [InlineData("""[ 1,  [2] ,{"a":null} ]""")]
    [InlineData("\"a \\u00e4 \\/ ä €\"")]
    [InlineData("\"\"")]
    [InlineData("1.10")]
    [InlineData("-12345678901234567890123")]
    [InlineData("true")]
    [InlineData("null")]
    public async Task Output_of_every_type_keeps_its_text(string output)
    {
        HubExecution execution = await AnsweredAsync(
            $$"""{"executionId":"x","clearTextSolution":{"status":"succeed","output": {{output}} ,"senderAddress":"0x"},"status":"Success"}""");

        Assert.Equal(output, execution.OutputJson);
    }

    [Fact]
    public async Task The_raw_answer_is_kept_as_it_came()
    {
        const string Answer = """  { "executionId" : "x", "new": [1.10, {"a":"ä"}] }  """;

        Assert.Equal(Answer, (await AnsweredAsync(Answer)).RawJson);
    }

    [Fact]
    public async Task Numbers_may_be_written_as_text_and_text_as_numbers()
    {
        HubExecution execution = await AnsweredAsync(
            """{"executionId":12345678901234567890,"totalTransferredBytes":{"request":"194","response":"many"},"clearTextSolution":{"senderAddress":1.10}}""");

        Assert.Equal("12345678901234567890", execution.Id);
        Assert.Equal(194, execution.RequestBytes);
        Assert.Null(execution.ResponseBytes);
        Assert.Equal("1.10", execution.SenderAddress);
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_move_the_output()
    {
        HubExecution execution = await AnsweredAsync("\uFEFF" + """{"executionId":"x","clearTextSolution":{"output":{"ä":1}}}""");

        Assert.Equal("x", execution.Id);
        Assert.Equal("""{"ä":1}""", execution.OutputJson);
    }

    [Fact]
    public async Task Unknown_members_are_passed_over()
    {
        HubExecution execution = await AnsweredAsync(
            """
            {"status2":"Error","nested":{"executionId":"no","status":"Error","output":1},"list":[{"executionId":"no"}],"executionId":"x",
             "clearTextSolution":{"more":{"output":"no","status":"no"},"output":"yes"},"totalTransferredBytes":{"extra":{"request":1}},"status":"Success"}
            """);

        Assert.Equal("x", execution.Id);
        Assert.Equal("\"yes\"", execution.OutputJson);
        Assert.Equal(ExecutionStatus.Success, execution.Status);
        Assert.Null(execution.SolutionStatus);
        Assert.Null(execution.RequestBytes);
    }

    private async Task<HubExecution> AnsweredAsync(string answer)
    {
        _hub.OnExecute(CannedResponse.Json(answer));
        return await _hub.RunAsync(SubmitMode.Async);
    }
}
