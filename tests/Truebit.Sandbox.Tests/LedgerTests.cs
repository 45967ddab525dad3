using System.Net;

namespace Truebit.Sandbox.Tests;

public sealed class LedgerTests
{
    private const string EchoInput = """{"path":"/a","method":"GET"}""";

    [Fact]
    public async Task Everything_is_counted_once()
    {
        using SandboxCaller caller = new();
        Assert.Equal(new SandboxCounts(), caller.Hub.Counts);

        Reply accepted = await caller.EchoAsync(EchoInput, isAsync: true);
        await caller.FunctionAsync("\"20\"");
        await caller.EchoAsync("{}");
        await caller.PostAsync(SandboxCaller.ApiPath, "{}", key: null);
        await caller.ApiStatusAsync(accepted.Id);
        await caller.ApiStatusAsync("unknown");
        await caller.GetAsync("/elsewhere");
        await caller.GetAsync(SandboxCaller.ApiPath);

        SandboxCounts expected = new() { Submissions = 4, Executions = 2, Charges = 2, Rejections = 2, StatusQueries = 2 };
        Assert.Equal(expected, caller.Hub.Counts);
    }

    [Fact]
    public async Task What_was_charged_is_listed_in_order()
    {
        using SandboxCaller caller = new();
        DateTime start = DateTime.UtcNow;

        Reply echo = await caller.EchoAsync("{\"method\": \"PUT\", \"path\": \"/ä\", \"body\": 1.10}");
        await caller.EchoAsync("{}");
        Reply function = await caller.FunctionAsync("\"20\"", isAsync: true);

        IReadOnlyList<SandboxCharge> ledger = caller.Hub.Ledger;
        await caller.EchoAsync(EchoInput);
        Assert.Equal([echo.Id, function.Id], ledger.Select(charge => charge.ExecutionId));
        Assert.Equal([Truebit.Sandbox.TaskKind.Api, Truebit.Sandbox.TaskKind.Function], ledger.Select(charge => charge.Kind));
        Assert.Equal(["{\"method\": \"PUT\", \"path\": \"/ä\", \"body\": 1.10}", "\"20\""], ledger.Select(charge => charge.Input));
        Assert.All(ledger, charge => Assert.Equal(("sandbox", "echo", true), (charge.Namespace, charge.TaskName, charge.WasAnswered)));
        Assert.All(ledger, charge => Assert.InRange(charge.AcceptedAt, start, DateTime.UtcNow));
    }

    [Theory]
    [InlineData("""{"method":"GET","headers":{"Authorization":"Bearer abc","X-\u0041":"abc"},"path":"/a","params":{"big":12345678901234567890}}""")]
    [InlineData("""{"path":"/","method":"POST","body":{"headers":{"kept":"yes"}}}""")]
    public async Task The_input_is_kept_as_it_was_sent_and_who_shows_it_hides_the_headers(string input)
    {
        using SandboxCaller caller = new();

        Assert.Equal(HttpStatusCode.OK, (await caller.EchoAsync(input)).Status);

        Assert.Equal(input, Assert.Single(caller.Hub.Ledger).Input);
    }

    [Fact]
    public async Task A_broken_hub_charges_nothing()
    {
        using SandboxCaller caller = new();

        Reply reply = await caller.PostAsync(SandboxCaller.ApiPath, SandboxCaller.ApiBody("broken", EchoInput));

        Assert.Equal(HttpStatusCode.InternalServerError, reply.Status);
        Assert.Equal("""{"message":"Internal server error"}""", reply.Text);
        Assert.Equal(new SandboxCounts { Submissions = 1, Rejections = 1 }, caller.Hub.Counts);
    }

    [Fact]
    public async Task When_the_balance_is_used_up_payment_is_required()
    {
        using SandboxCaller caller = new(new SandboxOptions { Balance = 2 });

        await caller.EchoAsync(EchoInput);
        Reply refused = await caller.EchoAsync("{}");
        Reply last = await caller.FunctionAsync("\"20\"");
        Reply unpaid = await caller.EchoAsync(EchoInput);
        Reply unpaidFunction = await caller.FunctionAsync("\"20\"");
        Reply status = await caller.FunctionStatusAsync(last.Id);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.Status, last.Status));
        Assert.Equal((HttpStatusCode.PaymentRequired, HttpStatusCode.PaymentRequired), (unpaid.Status, unpaidFunction.Status));
        Assert.Equal("payment required: the balance of this sandbox is used up", unpaid.Message);
        Assert.Equal(HttpStatusCode.OK, status.Status);
        Assert.Equal(new SandboxCounts { Submissions = 5, Executions = 2, Charges = 2, Rejections = 3, StatusQueries = 1 }, caller.Hub.Counts);
    }

    [Fact]
    public async Task What_is_not_paid_for_is_not_done()
    {
        using SandboxCaller caller = new(new SandboxOptions { Balance = 2 });

        await caller.PetStoreAsync("""{"path":"/store/order","method":"POST","body":{"id":1,"status":"placed"}}""");
        string inventory = """{"path":"/store/inventory","method":"GET"}""";
        Reply before = await caller.PetStoreAsync(inventory);
        Reply unpaid = await caller.PetStoreAsync(inventory);

        Assert.Equal("""{"placed":1,"approved":0,"delivered":0}""", before.OutputText);
        Assert.Equal(HttpStatusCode.PaymentRequired, unpaid.Status);
    }

    [Fact]
    public async Task A_balance_is_never_overdrawn_by_calls_at_once()
    {
        using SandboxCaller caller = new(new SandboxOptions { Balance = 50 });

        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => caller.EchoAsync(EchoInput)));

        Assert.Equal(50, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.Equal(150, replies.Count(reply => reply.Status == HttpStatusCode.PaymentRequired));
        Assert.Equal(new SandboxCounts { Submissions = 200, Executions = 50, Charges = 50, Rejections = 150 }, caller.Hub.Counts);
    }
}
