using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Errors;

public sealed class RefusalTests
{
    private const string Invoke = "Invoke-TruebitTask -Namespace n -TaskName t -Path /p -Method GET";

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public void A_bad_request_is_its_rows_error_with_the_hubs_own_words(int status)
    {
        using TaskHub hub = new() { Answer = number => number == 2 ? CannedResponse.Message("input.body.id must be an integer", status) : null };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 3) + " | Invoke-TruebitTask");

        Assert.Equal([1, 3], run.Values<string>("ExecutionId").Select(TaskHub.Number).Order());
        Assert.Equal(("InvalidRequest", $"Row 2: The hub refused the request ({status}): input.body.id must be an integer."), run.OnlyError);
        Assert.Equal(ErrorCategory.InvalidArgument, run.Errors[0].CategoryInfo.Category);
        Assert.Equal("/2", EngineRun.Of<string>((PSObject)run.Errors[0].TargetObject, "Path"));
        Assert.Equal(3, hub.Server.Submissions.Count);
    }

    [Fact]
    public void The_hubs_words_cannot_paint_the_screen()
    {
        using HubServer hub = new(static _ => CannedResponse.Message("red \\u001b[31m and\\r\\nWARNING: a line of its own", 400));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        Assert.Equal(("InvalidRequest", "The hub refused the request (400): red [31m and WARNING: a line of its own."), engine.Run(Invoke).OnlyError);
    }

    [Theory]
    [InlineData("sandbox", "nothing", "(404): there is no API task sandbox/nothing")]
    [InlineData("nobody", "echo", "(404): there is no API task nobody/echo")]
    public void A_task_that_does_not_exist_is_an_error(string owner, string task, string words)
    {
        using Engine engine = new Engine().ConnectSandbox();

        (string id, string message) = engine.Run($"Invoke-TruebitTask -Namespace {owner} -TaskName {task} -Path /p -Method GET").OnlyError;

        Assert.Equal("InvalidRequest", id);
        Assert.Contains(words, message);
    }

    [Fact]
    public void A_refused_key_ends_the_command_and_nothing_more_is_sent()
    {
        using Engine engine = new Engine().ConnectSandbox();
        engine.Ok("Connect-Truebit -Endpoint $sandbox.Endpoint -ApiKey wrong");

        EngineRun run = engine.Run("1..20 | ForEach-Object { @{ Path = \"/$_\" } } | Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -ThrottleLimit 1");

        Assert.Equal("AuthenticationFailed", run.End.Id);
        Assert.Equal(
            $"Row 1: {engine.Ok("$sandbox.Endpoint").Output[0].BaseObject.ToString()![7..^1]} refused the API key (401): "
                + "not authorized: the x-api-key header does not hold this sandbox's key. Rights are granted by namespace; this one is 'sandbox'. The key is from -ApiKey. Nothing more was sent.",
            run.End.Message);
        Assert.Equal(ErrorCategory.AuthenticationError, run.Ended!.CategoryInfo.Category);
        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
        Assert.Equal(1, engine.Ok("Get-TruebitSandbox").Value<long>("Submissions"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public void After_a_refused_key_what_was_paid_for_is_still_written(int status)
    {
        // The second row is refused once the first one is followed, and only then does the first one end.
        bool isRefused = false;
        TaskCompletionSource isFollowed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using TaskHub hub = new()
        {
            Hold = number => number == 2 ? isFollowed.Task : Task.CompletedTask,
            IsFinished = _ =>
            {
                isFollowed.TrySetResult();
                return isRefused;
            },
            Answer = number =>
            {
                isRefused |= number == 2;
                return number == 2 ? CannedResponse.Message("not authorized", status) : null;
            },
        };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 2) + " | Invoke-TruebitTask -ThrottleLimit 2");

        Assert.Equal([1], run.Values<string>("ExecutionId").Select(TaskHub.Number));
        Assert.Equal("AuthenticationFailed", run.End.Id);
        Assert.StartsWith($"Row 2: {hub.Endpoint.Authority} refused the API key ({status}): not authorized.", run.End.Message);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public void A_key_that_is_good_for_another_namespace_costs_the_rows_of_this_one_only(int status)
    {
        using HubServer hub = new(call => !call.IsSubmission ? CannedResponse.Success(call.AskedFor)
            : call.Json.GetProperty("namespace").GetString() == "closed" ? CannedResponse.Message("no rights here", status)
            : CannedResponse.Accepted($"id-{call.Input.GetProperty("path").GetString()![1..]}"));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(
            "1..6 | ForEach-Object { [pscustomobject]@{ Namespace = @('closed', 'open')[$_ % 2]; Path = \"/$_\" } } | Invoke-TruebitTask -TaskName t -Method GET -ThrottleLimit 1");

        Assert.Null(run.Ended);
        Assert.Equal(["id-1", "id-3", "id-5"], run.Values<string>("ExecutionId"));
        Assert.Equal(
            [
                ("AuthenticationFailed", $"Row 2: {hub.Endpoint.Authority} refused the API key ({status}): no rights here. Rights are granted by namespace; this one is 'closed'. The key is from -ApiKey."),
                ("NotSent", "Row 4: Not sent: the hub refused the API key for the namespace 'closed'."),
                ("NotSent", "Row 6: Not sent: the hub refused the API key for the namespace 'closed'."),
            ],
            run.Errors.Select(EngineRun.Short));
        Assert.Equal(4, hub.Submissions.Count);
    }

    [Fact]
    public void Many_rows_that_are_refused_for_the_key_are_one_error()
    {
        using HubServer hub = new(static _ => CannedResponse.Message("no", 401));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 100) + " | Invoke-TruebitTask -ThrottleLimit 8");

        Assert.Equal("AuthenticationFailed", run.End.Id);
        Assert.Empty(run.Output);
        Assert.InRange(hub.Submissions.Count, 1, 8);
    }

    [Fact]
    public void An_empty_wallet_holds_back_all_later_rows()
    {
        using Engine engine = new Engine().ConnectSandbox("-Balance 2");

        EngineRun run = engine.Run("1..6 | ForEach-Object { @{ Path = \"/$_\" } } | Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -ThrottleLimit 1");

        Assert.Null(run.Ended);
        Assert.Equal(2, run.Output.Count);
        Assert.Equal(
            [
                ("PaymentRequired", "Row 3: The payer of this key cannot cover the execution (402): payment required: the balance of this sandbox is used up. Nothing was executed."),
                ("NotSent", "Row 4: Not sent: the payer of the key could not cover row 3 (402)."),
                ("NotSent", "Row 5: Not sent: the payer of the key could not cover row 3 (402)."),
                ("NotSent", "Row 6: Not sent: the payer of the key could not cover row 3 (402)."),
            ],
            run.Errors.Select(EngineRun.Short));
        Assert.Equal([ErrorCategory.QuotaExceeded, ErrorCategory.OperationStopped], run.Errors.Select(static error => error.CategoryInfo.Category).Distinct());
        Assert.Equal(["/3", "/4", "/5", "/6"], run.Errors.Select(static error => ((System.Collections.Hashtable)((PSObject)error.TargetObject).BaseObject)["Path"]!.ToString()!));
        EngineRun sandbox = engine.Ok("Get-TruebitSandbox");
        Assert.Equal(3, sandbox.Value<long>("Submissions"));
        Assert.Equal(2, sandbox.Value<long>("Charges"));
    }

    [Fact]
    public void With_many_at_once_each_row_has_its_own_end_when_the_wallet_is_empty()
    {
        using Engine engine = new Engine().ConnectSandbox("-Balance 5");

        EngineRun run = engine.Run("1..100 | ForEach-Object { @{ Path = \"/$_\" } } | Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -ThrottleLimit 4");

        Assert.Equal(5, run.Output.Count);
        Assert.Equal(95, run.Errors.Count);
        int refused = run.ErrorIds.Count(static id => id == "PaymentRequired");
        Assert.InRange(refused, 1, 4);
        Assert.Equal(95 - refused, run.ErrorIds.Count(static id => id == "NotSent"));
        Assert.Equal(5 + refused, engine.Ok("Get-TruebitSandbox").Value<long>("Submissions"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    public void A_row_that_comes_after_the_answer_is_not_sent_even_while_a_result_is_still_being_dealt_with(int status)
    {
        // Nothing tells when the answer has arrived here, so the best of three tries counts.
        int[] sent = [.. Enumerable.Range(0, 3).Select(_ => SentAfterARefusal(status)).TakeWhile(static count => count > 2)];

        Assert.True(sent.Length < 3, "A row was sent after the hub had refused an earlier one.");
    }

    /// <summary>
    /// The second of two rows is refused. Then a third one comes, at which the first one's result is written; whoever takes
    /// it waits for a third request.
    /// </summary>
    private static int SentAfterARefusal(int status)
    {
        TaskCompletionSource bothAreSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim refused = new();
        using TaskHub hub = new()
        {
            Hold = async number =>
            {
                await bothAreSent.Task;
                await Task.Delay(number == 2 ? 200 : 0);
            },
            Answer = number =>
            {
                if (number == 2)
                {
                    refused.Set();
                }

                return number == 2 ? CannedResponse.Message("no", status) : CannedResponse.Success(TaskHub.Id(number), "{}");
            },
        };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        engine["untilBothHaveArrived"] = () =>
        {
            bothAreSent.SetResult();
            refused.Await();
            Thread.Sleep(TimeSpan.FromSeconds(0.5));
        };
        engine["whileAThirdMaySend"] = () => SpinWait.SpinUntil(() => hub.Server.Submissions.Count > 2, TimeSpan.FromSeconds(0.5));

        engine.Run(
            $$"""
            & { {{TaskHub.Rows(1, 2)}}; $untilBothHaveArrived.Invoke(); {{TaskHub.Rows(3, 3)}} } |
                Invoke-TruebitTask -ErrorAction SilentlyContinue | ForEach-Object { $null = $whileAThirdMaySend.Invoke() }
            """);

        return hub.Server.Submissions.Count;
    }
}
