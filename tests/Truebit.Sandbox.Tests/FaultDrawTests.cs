using System.Net;

namespace Truebit.Sandbox.Tests;

public sealed class FaultDrawTests
{
    private const string EchoInput = """{"path":"/a","method":"GET"}""";
    private const int Submissions = 1000;

    private static readonly SandboxFaults TenthEach = new()
    {
        ResetBefore = 0.1,
        LoseAnswer = 0.1,
        ServerError = 0.1,
        BadGateway = 0.1,
        TooManyRequests = 0.1,
        CutOff = 0.1,
        Slow = 0.1,
        SlowLatency = TimeSpan.FromHours(1),
        Seed = 7,
    };

    [Fact]
    public async Task The_same_seed_draws_the_same_faults()
    {
        List<string> first = await RunAsync(TenthEach);
        List<string> second = await RunAsync(TenthEach);
        List<string> other = await RunAsync(TenthEach with { Seed = 8 });

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Dictionary<string, int> seen = first.CountBy(end => end).ToDictionary();
        Assert.Equal(["429", "500", "502", "lost or cut off", "reset", "result", "slow"], seen.Keys.Order());
        // A tenth of a thousand, give or take four standard deviations.
        Assert.All(["429", "500", "502", "reset", "slow"], end => Assert.InRange(seen[end], 62, 138));
        Assert.InRange(seen["lost or cut off"], 149, 251);
        Assert.InRange(seen["result"], 242, 358);
    }

    [Fact]
    public async Task Calls_at_once_share_the_same_draws_and_the_ledger_has_each_execution_once()
    {
        List<string> inOrder = await RunAsync(TenthEach);
        using SandboxCaller caller = Caller(TenthEach);

        string[] atOnce = await Task.WhenAll(Enumerable.Range(0, Submissions).Select(_ => EndAsync(caller)));

        SandboxCounts counts = caller.Hub.Counts;
        IReadOnlyList<SandboxCharge> ledger = caller.Hub.Ledger;
        Assert.Equal(inOrder.Count(IsFault), counts.Faults);
        Assert.Equal(inOrder.Count(end => end is "result" or "slow"), atOnce.Count(end => end is "result" or "slow"));
        Assert.Equal(inOrder.Count(end => end == "lost or cut off"), ledger.Count(charge => !charge.WasAnswered));
        Assert.Equal(Submissions, counts.Executions + counts.Rejections);
        Assert.Equal(counts.Charges, ledger.Count);
        Assert.Equal(ledger.Count, ledger.Select(charge => charge.ExecutionId).Distinct().Count());
    }

    [Fact]
    public void A_seed_that_is_not_given_is_told()
    {
        using SandboxHub calm = SandboxHub.Start(new SandboxOptions());
        using SandboxHub given = SandboxHub.Start(new SandboxOptions { Faults = TenthEach });
        SandboxFaults random = new() { Slow = 0.5 };
        using SandboxHub drawn = SandboxHub.Start(new SandboxOptions { Faults = random });

        Assert.Null(calm.FaultSeed);
        Assert.Equal(7, given.FaultSeed);
        Assert.Equal(random.Seed, drawn.FaultSeed);
        Assert.NotEqual(random.Seed, new SandboxFaults().Seed);
    }

    [Fact]
    public void Probabilities_may_add_up_to_one_and_no_further()
    {
        // As doubles, these are a little more than 1.
        SandboxFaults one = new() { ResetBefore = 0.4, LoseAnswer = 0.2, CutOff = 0.3, Slow = 0.1, StatusError = 1 };
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions { Faults = one });

        ArgumentException error = Assert.Throws<ArgumentException>(
            () => SandboxHub.Start(new SandboxOptions { Faults = one with { TooManyRequests = 0.01 } }));

        Assert.Equal("The probabilities of the faults of a submission must add up to at most 1, but add up to 1.01.", error.Message);
    }

    public static TheoryData<SandboxFaults, string> BadFaults => new()
    {
        { new SandboxFaults { ResetBefore = -0.1 }, "ResetBefore" },
        { new SandboxFaults { Slow = 1.1 }, "Slow" },
        { new SandboxFaults { CutOff = double.NaN }, "CutOff" },
        { new SandboxFaults { StatusError = 2 }, "StatusError" },
        { new SandboxFaults { RetryAfterSeconds = -1 }, "RetryAfterSeconds" },
        { new SandboxFaults { SlowLatency = TimeSpan.FromDays(2) }, "SlowLatency" },
        { new SandboxFaults { NotFoundFor = TimeSpan.FromTicks(-1) }, "NotFoundFor" },
        { new SandboxFaults { RecordsNotFoundFor = TimeSpan.FromDays(2) }, "RecordsNotFoundFor" },
    };

    [Theory]
    [MemberData(nameof(BadFaults), DisableDiscoveryEnumeration = true)]
    public void A_fault_out_of_range_is_named(SandboxFaults faults, string name) => Assert.Equal(
        name,
        Assert.Throws<ArgumentOutOfRangeException>(() => SandboxHub.Start(new SandboxOptions { Faults = faults })).ParamName);

    private static SandboxCaller Caller(SandboxFaults faults) =>
        new(new SandboxOptions { SyncWindow = TimeSpan.Zero, Faults = faults });

    private static async Task<List<string>> RunAsync(SandboxFaults faults)
    {
        using SandboxCaller caller = Caller(faults);
        List<string> ends = [];
        for (int submission = 0; submission < Submissions; submission++)
        {
            long charges = caller.Hub.Counts.Charges;
            string end = await EndAsync(caller);
            ends.Add(end == "reset" && caller.Hub.Counts.Charges > charges ? "lost or cut off" : end);
        }
        Assert.Equal(ends.Count(IsFault), caller.Hub.Counts.Faults);
        return ends;
    }

    private static bool IsFault(string end) => end != "result";

    private static async Task<string> EndAsync(SandboxCaller caller)
    {
        try
        {
            Reply reply = await caller.EchoAsync(EchoInput);
            return reply.Status != HttpStatusCode.OK ? $"{(int)reply.Status}" : reply.Members == "executionId" ? "slow" : "result";
        }
        catch (HttpRequestException)
        {
            return "reset";
        }
    }
}
