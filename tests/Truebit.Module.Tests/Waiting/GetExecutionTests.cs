using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Waiting;

public sealed class GetExecutionTests : IDisposable
{
    private readonly TaskHub _hub = new();
    private readonly Engine _engine = new();

    public GetExecutionTests()
    {
        _engine.Connect(_hub.Endpoint);
        _engine["one"] = TaskHub.Id(1);
        _engine["two"] = TaskHub.Id(2);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _hub.Dispose();
    }

    [Theory]
    [InlineData("Get-TruebitExecution -ExecutionId $one, $two")]
    [InlineData("Get-TruebitExecution $one, $two")]
    [InlineData("Get-TruebitExecution -Id $one, $two")]
    [InlineData("$one, $two | Get-TruebitExecution")]
    [InlineData("[pscustomobject]@{ ExecutionId = $one }, [pscustomobject]@{ ExecutionId = $two } | Get-TruebitExecution")]
    [InlineData("[pscustomobject]@{ ExecutionId = $one; Kind = 'Api'; Note = 'x' }, [pscustomobject]@{ ExecutionId = $two; Kind = 'Api'; Note = 'y' } | Get-TruebitExecution")]
    [InlineData("[pscustomobject]@{ Id = $one }, [pscustomobject]@{ Id = $two } | Get-TruebitExecution")]
    [InlineData("[pscustomobject]@{ ExecutionId = $one, $two } | Get-TruebitExecution")]
    [InlineData("[pscustomobject]@{ ExecutionId = $one; Endpoint = $null }, [pscustomobject]@{ ExecutionId = $two; Endpoint = '' } | Get-TruebitExecution")]
    [InlineData("Get-TruebitExecution $one, $two | Get-TruebitExecution")]
    [InlineData("$one, $two | ForEach-Object { Get-TruebitExecution -InputObject (Get-TruebitExecution $_) }")]
    [InlineData("Wait-TruebitExecution -ExecutionId $one, $two")]
    [InlineData("$one, $two | Wait-TruebitExecution")]
    [InlineData("[pscustomobject]@{ ExecutionId = $one }, [pscustomobject]@{ ExecutionId = $two } | Wait-TruebitExecution")]
    [InlineData("Get-TruebitExecution $one, $two | Wait-TruebitExecution")]
    [InlineData("$one, $two | ForEach-Object { Wait-TruebitExecution -InputObject (Get-TruebitExecution $_) }")]
    public void Ids_come_as_they_are_at_hand(string script) =>
        Assert.Equal([1, 2], _engine.Ok(script).Values<string>("ExecutionId").Select(TaskHub.Number).Order());

    [Fact]
    public void An_export_can_be_asked_for_again()
    {
        _engine.Ok("$saved = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-TruebitExecution $one)))");

        Assert.Equal(TaskHub.Id(1), _engine.Ok("$saved | Get-TruebitExecution").Value<string>("ExecutionId"));
    }

    [Fact]
    public void Without_Wait_a_running_execution_is_an_answer()
    {
        _hub.IsFinished = static _ => false;

        EngineRun run = _engine.Ok("Get-TruebitExecution $one");

        Assert.Equal("Running", run.Value<string>("Status"));
        Assert.Single(_hub.Server.Requests);
    }

    [Fact]
    public void With_Wait_it_is_asked_for_until_it_is_finished()
    {
        int asked = 0;
        _hub.IsFinished = _ => ++asked > 3;

        Assert.Equal("Success", _engine.Ok("Get-TruebitExecution $one -Wait").Value<string>("Status"));
        Assert.Equal(4, _hub.Server.Requests.Count);
    }

    [Theory]
    [InlineData("Get-TruebitExecution $one -Wait -Timeout 0.3")]
    [InlineData("Get-TruebitExecution $one -Wait -Timeout '00:00:00.3'")]
    [InlineData("Wait-TruebitExecution $one -Timeout 0.3")]
    public void A_wait_ends_with_its_timeout(string script)
    {
        _hub.IsFinished = static _ => false;

        EngineRun run = _engine.Run(script);

        Assert.Equal(
            ("WaitTimeout", $"The execution '{TaskHub.Id(1)}' was not finished after {0.3:0.#} s. It goes on at the hub: ask again with Get-TruebitExecution -Wait."),
            run.OnlyError);
        Assert.Equal(ErrorCategory.OperationTimeout, run.Errors[0].CategoryInfo.Category);
        Assert.Equal(TaskHub.Id(1), run.Errors[0].TargetObject.ToString());
    }

    [Theory]
    [InlineData("Get-TruebitExecution $one -Wait -Timeout 0")]
    [InlineData("Get-TruebitExecution $one -Timeout 0")]
    public void No_time_to_wait_is_time_to_ask_once(string script) => Assert.Equal("Success", _engine.Ok(script).Value<string>("Status"));

    [Theory]
    [InlineData("10m")]
    [InlineData("-5")]
    public void What_is_no_time_is_refused_with_an_example(string time)
    {
        string message = _engine.Run($"Get-TruebitExecution $one -Wait -Timeout '{time}'").End.Message;

        Assert.Contains($"'{time}' is not a time. Give seconds (600) or a TimeSpan ('00:10:00').", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_id_it_is_what_this_session_has_submitted()
    {
        _engine.Ok(TaskHub.Rows(1, 3) + " | Invoke-TruebitTask -ThrottleLimit 1; " + TaskHub.Rows(4, 5) + " | Invoke-TruebitTask -Async -ThrottleLimit 1");

        EngineRun run = _engine.Ok("Get-TruebitExecution");

        Assert.Equal([1, 2, 3, 4, 5], run.Values<string>("ExecutionId").Select(TaskHub.Number).Order());
        Assert.All(run.Values<string>("TaskName"), static name => Assert.Equal("t", name));
    }

    [Fact]
    public void Without_an_id_it_is_of_the_connected_hub_only()
    {
        using TaskHub other = new();
        _engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask");
        _engine.Connect(other.Endpoint);
        _engine.Ok(TaskHub.Rows(2, 2) + " | Invoke-TruebitTask");

        Assert.Equal(TaskHub.Id(2), _engine.Ok("Get-TruebitExecution").Value<string>("ExecutionId"));
    }

    [Fact]
    public void In_a_fresh_session_there_is_nothing()
    {
        Assert.Empty(_engine.Ok("Get-TruebitExecution; @() | Get-TruebitExecution").Output);
        Assert.Empty(_hub.Server.Requests);
    }

    [Fact]
    public void What_was_submitted_is_known_however_often_it_was_asked_for()
    {
        _engine.Ok(TaskHub.Rows(1, 2) + " | Invoke-TruebitTask");
        _engine.Ok("1..600 | ForEach-Object { $one; $two } | Get-TruebitExecution | ForEach-Object { }");

        Assert.Equal([1, 2], _engine.Ok("Get-TruebitExecution").Values<string>("ExecutionId").Select(TaskHub.Number).Order());
    }

    [Fact]
    public void Of_many_that_are_finished_the_last_thousand_are_kept_and_all_that_are_not()
    {
        using HubServer hub = new(static call =>
        {
            string id = call.IsSubmission ? call.Input.GetProperty("path").GetString()![1..] : call.AskedFor;
            return id.StartsWith("slow", StringComparison.Ordinal) ? CannedResponse.Running(id) : CannedResponse.Success(id, "{}");
        });
        _engine.Connect(hub.Endpoint);
        const string row = "@{ Namespace = 'n'; TaskName = 't'; Method = 'GET'; Path = \"/$_\" }";
        _engine.Ok($"1..3 | ForEach-Object {{ \"slow$_\" }} | ForEach-Object {{ {row} }} | Invoke-TruebitTask -Async | ForEach-Object {{ }}");
        _engine.Ok($"1..1010 | ForEach-Object {{ {row} }} | Invoke-TruebitTask -ThrottleLimit 1 | ForEach-Object {{ }}");

        string[] known = _engine.Ok("Get-TruebitExecution").Values<string>("ExecutionId");

        Assert.Equal([.. Enumerable.Range(11, 1000).Select(static n => $"{n}"), "slow1", "slow2", "slow3"], known.OrderBy(static id => id.Length).ThenBy(static id => id));
    }

    [Fact]
    public void What_is_known_of_a_submission_is_told_again()
    {
        _engine.Ok("$result = [pscustomobject]@{ Namespace = 'n'; TaskName = 't'; Label = 'l'; Version = 4; Method = 'GET'; Path = '/1' } | Invoke-TruebitTask -Async");

        EngineRun run = _engine.Ok("$one | Get-TruebitExecution -Wait");

        Assert.Equal("n", run.Value<string>("Namespace"));
        Assert.Equal("t", run.Value<string>("TaskName"));
        Assert.Equal("l", run.Value<string>("Label"));
        Assert.Equal(4u, run.Value<uint>("Version"));
    }

    [Theory]
    [InlineData("Get-TruebitExecution $one -Wait")]
    [InlineData("Wait-TruebitExecution $one")]
    [InlineData("$running | Wait-TruebitExecution")]
    public void The_end_of_an_execution_that_was_running_when_it_was_asked_for_has_its_time(string script)
    {
        int asked = 0;
        _hub.IsFinished = _ => ++asked > 2;
        _engine.Ok("$running = " + TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Async");

        EngineRun run = _engine.Ok(script);

        Assert.InRange(run.Value<DateTime>("CompletedAt"), run.Value<DateTime>("SubmittedAt"), DateTime.UtcNow);
        Assert.Equal(run.Value<DateTime>("CompletedAt") - run.Value<DateTime>("SubmittedAt"), run.Value<TimeSpan>("Duration"));
        Assert.Equal(run.Value<DateTime>("CompletedAt"), _engine.Ok("Get-TruebitExecution $one").Value<DateTime>("CompletedAt"));
        Assert.Equal(run.Value<DateTime>("CompletedAt"), _engine.Ok("Wait-TruebitExecution $one").Value<DateTime>("CompletedAt"));
    }

    [Theory]
    [InlineData("Get-TruebitExecution $one")]
    [InlineData("Get-TruebitExecution $one -Wait")]
    [InlineData("$running | Wait-TruebitExecution")]
    public void When_one_ended_that_had_ended_before_is_not_made_up(string script)
    {
        _engine.Ok("$running = " + TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Async");

        EngineRun run = _engine.Ok(script);

        Assert.Equal("Success", run.Value<string>("Status"));
        Assert.Null(run.Value<object>("CompletedAt"));
        Assert.Null(run.Value<object>("Duration"));
    }

    [Fact]
    public void What_Invoke_awaited_keeps_its_time()
    {
        DateTime ended = _engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask").Value<DateTime>("CompletedAt");

        Assert.Equal(ended, _engine.Ok("Get-TruebitExecution").Value<DateTime>("CompletedAt"));
    }

    [Theory]
    [InlineData("$result | Get-TruebitExecution -Wait")]
    [InlineData("$result | Wait-TruebitExecution")]
    public void The_row_stays_with_its_execution(string script)
    {
        _engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Async -OutVariable result");

        Assert.Equal("/1", EngineRun.Of<string>(_engine.Ok(script).Value<PSObject>("InputObject"), "Path"));
    }

    [Theory]
    [InlineData("Get-TruebitExecution -ExecutionId $null")]
    [InlineData("Get-TruebitExecution -ExecutionId ''")]
    [InlineData("Get-TruebitExecution -ExecutionId $one, ''")]
    public void An_empty_id_asks_for_nothing(string script)
    {
        Assert.Equal("ParameterArgumentValidationError", _engine.Run(script).End.Id);
        Assert.Empty(_hub.Server.Requests);
    }

    [Fact]
    public void An_id_is_text_and_no_path()
    {
        using HubServer hub = new(static _ => CannedResponse.Message("unknown", 404));
        _engine.Connect(hub.Endpoint);

        _engine.Run("Get-TruebitExecution '../../other?x#y'");

        Assert.Equal("/task/api/execution-status/..%2F..%2Fother%3Fx%23y", hub.Requests.Single().Path);
    }

    [Fact]
    public void A_function_task_is_asked_for_at_its_own_endpoint()
    {
        using HubServer hub = new(static _ => CannedResponse.Json("""
            {"executionId":"f","clearTextSolution":{"output":"20 is not prime","executionStatus":"succeed","senderAddress":"0x02"},
            "signature":{"v":27,"r":"aa","s":"bb"},"verificationStatus":"Indeterminate"}
            """));
        _engine.Connect(hub.Endpoint);

        EngineRun run = _engine.Ok("Get-TruebitExecution f -Kind Function");

        Assert.Equal("/task/function/execution-status/f", hub.Requests.Single().Path);
        Assert.Equal("Function", run.Value<string>("Kind"));
        Assert.Equal("Indeterminate", run.Value<string>("Status"));
        Assert.Equal("20 is not prime", run.Value<object>("Output"));
        Assert.Equal("27", EngineRun.Of<string>(run.Value<PSObject>("Signature"), "V"));
        Assert.Equal("f", _engine.Ok("[pscustomobject]@{ ExecutionId = 'f'; Kind = 'Function' } | Get-TruebitExecution").Value<string>("ExecutionId"));
        Assert.Equal("/task/function/execution-status/f", hub.Requests.Last().Path);
    }

    [Fact]
    public void No_more_are_asked_for_at_a_time_than_the_limit()
    {
        int asking = 0;
        int most = 0;
        using HubServer hub = new(async call =>
        {
            most = Math.Max(most, Interlocked.Increment(ref asking));
            await Task.Yield();
            Interlocked.Decrement(ref asking);
            return CannedResponse.Success(call.AskedFor, "{}");
        });
        _engine.Connect(hub.Endpoint);

        Assert.Equal(50, _engine.Ok("1..50 | ForEach-Object { \"id$_\" } | Get-TruebitExecution -ThrottleLimit 1").Output.Count);
        Assert.Equal(1, most);
    }
}
