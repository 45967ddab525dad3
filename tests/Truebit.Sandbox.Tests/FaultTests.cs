using System.Net;

namespace Truebit.Sandbox.Tests;

public sealed class FaultTests
{
    private const string EchoInput = """{"path":"/a","method":"GET"}""";

    private static readonly string SyncBody = SandboxCaller.ApiBody("echo", EchoInput);

    [Fact]
    public async Task A_reset_before_is_no_answer_and_no_execution()
    {
        using SandboxCaller caller = With(new SandboxFaults { ResetBefore = 1 });

        string received = await RawCall.PostAsync(caller.Hub, SandboxCaller.ApiPath, SyncBody);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.EchoAsync(EchoInput));

        Assert.Null(RawCall.StatusOf(received));
        Assert.Empty(caller.Hub.Ledger);
        Assert.Equal(new SandboxCounts { Submissions = 2, Rejections = 2, Faults = 2 }, caller.Hub.Counts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_answer_is_no_answer_but_an_execution(bool isAsync)
    {
        using SandboxCaller caller = With(new SandboxFaults { LoseAnswer = 1 });

        string received = await RawCall.PostAsync(caller.Hub, SandboxCaller.ApiPath, SandboxCaller.ApiBody("echo", EchoInput, isAsync));
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.FunctionAsync("\"20\"", isAsync));

        Assert.Null(RawCall.StatusOf(received));
        IReadOnlyList<SandboxCharge> ledger = caller.Hub.Ledger;
        Assert.Equal([false, false], ledger.Select(charge => charge.WasAnswered));
        Assert.Equal("Success", (await caller.ApiStatusAsync(ledger[0].ExecutionId)).At("status"));
        Assert.Equal("Success", (await caller.FunctionStatusAsync(ledger[1].ExecutionId)).At("verificationStatus"));
        Assert.Equal(new SandboxCounts { Submissions = 2, Executions = 2, Charges = 2, Faults = 2, StatusQueries = 2 }, caller.Hub.Counts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_off_answer_is_half_a_200_and_an_execution(bool isAsync)
    {
        using SandboxCaller caller = With(new SandboxFaults { CutOff = 1 });

        string received = await RawCall.PostAsync(caller.Hub, SandboxCaller.ApiPath, SandboxCaller.ApiBody("echo", EchoInput, isAsync));
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.EchoAsync(EchoInput, isAsync));

        Assert.Equal(200, RawCall.StatusOf(received));
        Assert.Matches($"Content-Length: {RawCall.BodyOf(received).Length * 2}[^0-9]|Content-Length: {(RawCall.BodyOf(received).Length * 2) + 1}[^0-9]", received);
        Assert.StartsWith($$"""{"executionId":""", RawCall.BodyOf(received));
        Assert.Equal([false, false], caller.Hub.Ledger.Select(charge => charge.WasAnswered));
        Assert.Equal(new SandboxCounts { Submissions = 2, Executions = 2, Charges = 2, Faults = 2 }, caller.Hub.Counts);
    }

    public static TheoryData<SandboxFaults, int> Misleading => new()
    {
        { new SandboxFaults { Redirect = 1 }, 303 },
        { new SandboxFaults { Unavailable503 = 1 }, 503 },
    };

    [Theory]
    [MemberData(nameof(Misleading))]
    public async Task A_misleading_answer_has_no_id_but_there_is_an_execution(SandboxFaults faults, int status)
    {
        using SandboxCaller caller = With(faults);

        string received = await RawCall.PostAsync(caller.Hub, SandboxCaller.ApiPath, SyncBody);

        Assert.Equal(status, RawCall.StatusOf(received));
        Assert.Contains(status == 303 ? "Location: https://elsewhere.example/" : "Retry-After: 1", received);
        SandboxCharge charge = Assert.Single(caller.Hub.Ledger);
        Assert.False(charge.WasAnswered);
        Assert.DoesNotContain(charge.ExecutionId, received);
        Assert.Equal("Success", (await caller.ApiStatusAsync(charge.ExecutionId)).At("status"));
        Assert.Equal(new SandboxCounts { Submissions = 1, Executions = 1, Charges = 1, Faults = 1, StatusQueries = 1 }, caller.Hub.Counts);
    }

    public static TheoryData<SandboxFaults, int, string, string> Refusals => new()
    {
        { new SandboxFaults { ServerError = 1 }, 500, "Content-Type: application/json", "{\"message\":\"Internal server error" },
        { new SandboxFaults { BadGateway = 1 }, 502, "Content-Type: text/html", "<html>" },
        { new SandboxFaults { TooManyRequests = 1 }, 429, "Retry-After: 1\r\n", "{\"message\":\"too many requests" },
        { new SandboxFaults { TooManyRequests = 1, RetryAfterSeconds = 0 }, 429, "Retry-After: 0\r\n", "{\"message\":\"too many requests" },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task A_refusal_is_a_whole_answer_and_no_execution(SandboxFaults faults, int status, string header, string body)
    {
        using SandboxCaller caller = With(faults);

        string received = await RawCall.PostAsync(caller.Hub, SandboxCaller.ApiPath, SyncBody);
        Reply reply = await caller.FunctionAsync("\"20\"");

        Assert.Equal(status, RawCall.StatusOf(received));
        Assert.Contains(header, received);
        Assert.StartsWith(body, RawCall.BodyOf(received));
        Assert.Equal((HttpStatusCode)status, reply.Status);
        Assert.Empty(caller.Hub.Ledger);
        Assert.Equal(new SandboxCounts { Submissions = 2, Rejections = 2, Faults = 2 }, caller.Hub.Counts);
    }

    [Fact]
    public async Task A_slow_execution_takes_its_own_time()
    {
        using SandboxCaller caller = new(new SandboxOptions
        {
            SyncWindow = TimeSpan.Zero,
            Faults = new SandboxFaults { Slow = 1, SlowLatency = TimeSpan.FromHours(1) },
        });

        Reply reply = await caller.EchoAsync(EchoInput);

        Assert.Equal("executionId", reply.Members);
        Assert.Equal("Running", (await caller.ApiStatusAsync(reply.Id)).At("status"));
        Assert.True(Assert.Single(caller.Hub.Ledger).WasAnswered);
        Assert.Equal(1, caller.Hub.Counts.Faults);
    }

    [Fact]
    public async Task A_status_query_fails_with_500_or_503_and_submissions_do_not()
    {
        using SandboxCaller caller = With(new SandboxFaults { StatusError = 1, Seed = 7 });

        Reply accepted = await caller.EchoAsync(EchoInput);
        HashSet<HttpStatusCode> seen = [];
        for (int query = 0; query < 20; query++)
        {
            seen.Add((await caller.ApiStatusAsync(accepted.Id)).Status);
        }

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable], seen.Order());
        Assert.Equal(new SandboxCounts { Submissions = 1, Executions = 1, Charges = 1, StatusQueries = 20, Faults = 20 }, caller.Hub.Counts);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_execution_is_not_found_at_first()
    {
        using SandboxCaller caller = With(new SandboxFaults { NotFoundFor = TimeSpan.FromMilliseconds(300) });

        Reply accepted = await caller.EchoAsync(EchoInput);
        Reply first = await caller.ApiStatusAsync(accepted.Id);
        Reply last = first;
        while (last.Status != HttpStatusCode.OK)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            last = await caller.ApiStatusAsync(accepted.Id);
        }

        Assert.Equal((HttpStatusCode.NotFound, "no execution of this id is known to this endpoint"), (first.Status, first.Message));
        Assert.Equal(accepted.Text, last.Text);
        Assert.Equal(caller.Hub.Counts.StatusQueries - 1, caller.Hub.Counts.Faults);
    }

    [Fact]
    public async Task What_is_refused_anyway_suffers_nothing_else()
    {
        using SandboxCaller caller = new(new SandboxOptions { Balance = 0, Faults = new SandboxFaults { LoseAnswer = 1 } });

        Assert.Equal(HttpStatusCode.BadRequest, (await caller.EchoAsync("{}")).Status);
        Assert.Equal(HttpStatusCode.PaymentRequired, (await caller.EchoAsync(EchoInput)).Status);

        Assert.Empty(caller.Hub.Ledger);
        Assert.Equal(new SandboxCounts { Submissions = 2, Rejections = 2 }, caller.Hub.Counts);
    }

    private static SandboxCaller With(SandboxFaults faults) => new(new SandboxOptions { Faults = faults });
}
