using System.Collections.Concurrent;
using System.Text.Json;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>Many rows at a time through one client: none is lost, none is sent twice, none gets another's result.</summary>
public sealed class ManyRunsTests
{
    private const int Rows = 500;

    [Theory]
    [InlineData(SubmitMode.Wait)]
    [InlineData(SubmitMode.Sync)]
    public async Task Every_row_is_executed_once_and_gets_its_own_result(SubmitMode mode)
    {
        await using Hub hub = new();
        hub.Server.On(Hub.ExecutePath, request => mode == SubmitMode.Sync ? CannedResponse.Success($"id-{Row(request)}", Row(request)) : CannedResponse.Accepted($"id-{Row(request)}"));
        Dictionary<string, int> polls = [];
        hub.Server.On(Hub.StatusPath, request =>
        {
            string id = request.Path[Hub.StatusPath.Length..];
            polls[id] = polls.GetValueOrDefault(id) + 1;
            return polls[id] < 3 ? CannedResponse.Running(id) : CannedResponse.Success(id, id["id-".Length..]);
        });

        HubExecution[] results = await RunAllAsync(hub, mode);

        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal($"id-{row}", results[row].Id);
            Assert.Equal($"{row}", results[row].OutputJson);
        }

        AssertSentOnce(hub);
        Assert.Equal(Rows, hub.Told.Executions.Select(execution => execution.Id).Distinct().Count());
        Assert.Equal(mode == SubmitMode.Sync ? 0 : Rows * 3, hub.Polls);
    }

    [Fact]
    public async Task Faults_in_the_middle_end_each_row_in_exactly_one_way()
    {
        await using Hub hub = new();
        hub.Server.On(Hub.ExecutePath, request => (int.Parse(Row(request)) % 10) switch
        {
            1 => CannedResponse.Reset,
            2 => CannedResponse.Json("""{"message":"boom"}""", 500),
            3 => CannedResponse.Accepted() with { MissingBytes = 3 },
            4 => CannedResponse.Json("""{"message":"bad"}""", 400),
            _ => CannedResponse.Accepted($"id-{Row(request)}"),
        });
        hub.OnStatus(CannedResponse.Reset, CannedResponse.Empty(500), CannedResponse.Json("{\"status\":\"Success\"}"));
        ConcurrentDictionary<int, string> ends = new();

        await Task.WhenAll(Enumerable.Range(0, Rows).Select(async row =>
        {
            try
            {
                HubExecution execution = await hub.RunAsync(request: Hub.Request($"{row}"));
                Assert.True(ends.TryAdd(row, execution.Id));
            }
            catch (HubException e)
            {
                Assert.True(ends.TryAdd(row, e.Code.ToString()));
            }
        }));

        Assert.Equal(
            Enumerable.Range(0, Rows).Select(row => (row % 10) switch { 1 or 2 or 3 => "OutcomeUnknown", 4 => "InvalidRequest", _ => $"id-{row}" }),
            Enumerable.Range(0, Rows).Select(row => ends[row]));
        AssertSentOnce(hub);
    }

    [Fact]
    public async Task Not_more_status_calls_than_a_few_are_out_at_a_time()
    {
        await using Hub hub = new();
        TaskCompletionSource held = new();
        hub.Server.On(Hub.ExecutePath, request => CannedResponse.Accepted($"id-{Row(request)}"));
        hub.OnStatus(CannedResponse.Json("{\"status\":\"Success\"}") with { Until = held.Task });

        Task<HubExecution[]> run = RunAllAsync(hub, SubmitMode.Wait);
        await hub.Server.ReceivedAsync(Hub.ExecutePath, Rows);
        await hub.Server.ReceivedAsync(Hub.StatusPath, 32);
        int atOnce = hub.Polls;
        held.SetResult();

        await run;
        Assert.Equal(32, atOnce);
        Assert.Equal(Rows, hub.Polls);
    }

    private static Task<HubExecution[]> RunAllAsync(Hub hub, SubmitMode mode) =>
        Task.WhenAll(Enumerable.Range(0, Rows).Select(row => hub.RunAsync(mode, Hub.Request($"{row}"))));

    private static void AssertSentOnce(Hub hub)
    {
        string[] rows = [.. hub.Server.Requests.Where(request => request.Path == Hub.ExecutePath).Select(Row)];
        Assert.Equal(Rows, rows.Length);
        Assert.Equal(Rows, rows.Distinct().Count());
    }

    private static string Row(HubRequest request)
    {
        using JsonDocument body = JsonDocument.Parse(request.Body);
        return body.RootElement.GetProperty("input").GetProperty("body").GetRawText();
    }
}
