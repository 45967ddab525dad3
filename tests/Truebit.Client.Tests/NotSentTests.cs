using System.Net;
using System.Net.Sockets;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>Outcome table, row 1: no connection came about, so nothing was sent (design.md 6).</summary>
public sealed class NotSentTests
{
    [Fact]
    public async Task A_refused_connection_is_tried_again_and_then_nothing_was_sent()
    {
        await using Hub hub = new(open: false);

        HubException e = await hub.FailAsync();

        Assert.Equal(HubErrorCode.HubUnreachable, e.Code);
        Assert.Null(e.StatusCode);
        Assert.Contains("Nothing was sent", e.Message, StringComparison.Ordinal);
        Assert.Contains(hub.Server.Endpoint.Authority, e.Message, StringComparison.Ordinal);
        Assert.Equal(Hub.Short.Tries - 1, hub.Log.VerboseLines.Count);
        Assert.All(hub.Log.VerboseLines, line => Assert.Contains("Trying again", line, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Repeat(new[] { "sending", "refused" }, Hub.Short.Tries).SelectMany(steps => steps), hub.Told.Steps);
    }

    [Fact]
    public async Task A_hub_that_comes_up_between_the_tries_gets_the_request_once()
    {
        await using Hub hub = new Hub(open: false).OnExecute(CannedResponse.Success());
        hub.Log.OnVerbose = () =>
        {
            if (hub.Log.VerboseLines.Count == 2)
            {
                hub.Server.Open();
            }
        };

        HubExecution execution = await hub.RunAsync();

        Assert.Equal(ExecutionStatus.Success, execution.Status);
        Assert.Equal(2, hub.Log.VerboseLines.Count);
        Assert.Equal(["sending", "refused", "sending", "refused", "sending", "accepted", "finished"], hub.Told.Steps);
        Assert.Equal(1, hub.Posts);
    }

    [Fact]
    public async Task The_row_after_one_that_found_no_hub_tries_only_once()
    {
        await using Hub hub = new(open: false);
        await hub.FailAsync();
        int before = hub.Log.VerboseLines.Count;

        HubException e = await hub.FailAsync();

        Assert.Equal(HubErrorCode.HubUnreachable, e.Code);
        Assert.Equal(before, hub.Log.VerboseLines.Count);
    }

    [Fact]
    public async Task A_row_is_patient_again_once_the_hub_has_answered()
    {
        await using Hub hub = new Hub(open: false).OnExecute(CannedResponse.Success() with { Headers = ["Connection: close"] });
        await hub.FailAsync();
        hub.Server.Open();
        await hub.RunAsync();
        hub.Server.Shut();
        int before = hub.Log.VerboseLines.Count;

        await hub.FailAsync();

        Assert.Equal(before + Hub.Short.Tries - 1, hub.Log.VerboseLines.Count);
    }

    [Fact]
    public async Task A_failed_TLS_handshake_sends_nothing()
    {
        using TcpListener plain = new(IPAddress.Loopback, 0);
        plain.Start();
        using HubClient client = new(new Uri($"https://{plain.LocalEndpoint}/"), Hub.Short);
        TaskRunner runner = new(client, new SecretText(Hub.Key), maxHeld: 1, new RecordingLog());
        Task<HubException> failure = Assert.ThrowsAsync<HubException>(
            () => runner.RunAsync(Hub.Request(), SubmitMode.Async, Hub.Deadline, new RecordingObserver(), CancellationToken.None, CancellationToken.None));

        for (int tries = 0; tries < Hub.Short.Tries; tries++)
        {
            using TcpClient caller = await plain.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await caller.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        HubException e = await failure.WaitAsync(Hub.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(HubErrorCode.HubUnreachable, e.Code);
        Assert.Contains("Nothing was sent", e.Message, StringComparison.Ordinal);
    }
}
