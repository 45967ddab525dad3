using System.IO.Compression;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>Answers are limited while they are read, before and after they are decompressed.</summary>
public sealed class AnswerSizeTests
{
    private const int Limit = 2 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SubmitMode.Async, 1)]
    [InlineData(SubmitMode.Wait, 1)]
    [InlineData(SubmitMode.Sync, 2)]
    public async Task An_answer_to_a_submission_that_is_too_long_is_unknown_with_its_id(SubmitMode mode, int megabytes)
    {
        foreach (bool isCompressed in new[] { false, true })
        {
            CannedResponse answer = Success(Hub.Id, megabytes * 1024 * 1024, isCompressed);
            await using HubServer server = new(_ => answer);
            using HubClient client = new(server.Endpoint, Hub.Short, Limit);

            HubException e = await Assert.ThrowsAsync<HubException>(() => RunAsync(client, mode));

            Assert.Equal((HubErrorCode.OutcomeUnknown, Hub.Id), (e.Code, e.CandidateId));
            Assert.Contains($"the answer is longer than {megabytes} MB", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_result_may_be_as_long_as_the_limit_and_no_longer(bool isCompressed)
    {
        int rest = Success(Hub.Id, 0, false).Body.Length;
        foreach ((int length, bool fits) in new[] { (Limit - rest, true), (Limit - rest + 1, false) })
        {
            await using Hub hub = new Hub(maxAnswer: Limit).OnExecute(CannedResponse.Accepted()).OnStatus(Success(Hub.Id, length, isCompressed));
            if (fits)
            {
                Assert.Equal(length, (await hub.RunAsync()).OutputJson!.Length - 2);
                continue;
            }

            HubException e = await hub.FailAsync();

            Assert.Equal((HubErrorCode.AnswerTooLong, Hub.Id), (e.Code, e.ExecutionId));
            Assert.Contains("the answer is longer than 2 MB", e.Message, StringComparison.Ordinal);
            Assert.Contains("-MaxAnswerSize", e.Message, StringComparison.Ordinal);
            Assert.Equal(1, hub.Polls);
        }
    }

    [Fact]
    public async Task A_transcript_that_is_too_long_is_an_error_too()
    {
        await using Hub hub = new(maxAnswer: Limit);
        hub.Server.On("/task/", Success(Hub.Id, Limit, isCompressed: true));

        HubException e = await Assert.ThrowsAsync<HubException>(
            () => hub.Runner.GetAsync(DocumentQuery.Transcript(Hub.Id, TaskKind.Api), [], untilComplete: false, Hub.Deadline, Cancellation));

        Assert.Equal(HubErrorCode.AnswerTooLong, e.Code);
    }

    [Fact]
    public async Task What_never_unpacks_to_anything_ends_too()
    {
        // Members of gzip that are empty, one after the other.
        byte[] empty = Convert.FromHexString("1F8B08000000000000030300" + "0000000000000000");
        byte[] many = [.. Enumerable.Repeat(empty, (Limit / empty.Length) + 1).SelectMany(static member => member)];
        await using Hub hub = new Hub(maxAnswer: Limit).OnStatus(new CannedResponse { Body = many, Headers = ["Content-Encoding: gzip"] });

        Assert.Equal(HubErrorCode.AnswerTooLong, (await Assert.ThrowsAsync<HubException>(() => hub.GetAsync())).Code);
    }

    [Fact]
    public async Task An_error_is_cut_and_its_words_are_shown_all_the_same()
    {
        await using Hub hub = new Hub(maxAnswer: Limit).OnExecute(CannedResponse.Text("text/plain", "no such task " + new string('x', 3 * 1024 * 1024), 404));

        HubException e = await hub.FailAsync();

        Assert.Equal(HubErrorCode.InvalidRequest, e.Code);
        Assert.StartsWith("no such task xxx", e.HubMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_unpacked_whatever_its_length()
    {
        foreach (int length in new[] { 0, 1, 65_000, 65_536, 200_000 })
        {
            await using Hub hub = new Hub().OnExecute(Success(Hub.Id, length, isCompressed: true));

            Assert.Equal(length, (await hub.RunAsync(SubmitMode.Sync)).OutputJson!.Length - 2);
        }
    }

    private static Task<HubExecution> RunAsync(HubClient client, SubmitMode mode) =>
        new TaskRunner(client, new SecretText(Hub.Key), maxHeld: 1, new RecordingLog())
            .RunAsync(Hub.Request(), mode, Hub.Deadline, new RecordingObserver(), CancellationToken.None, CancellationToken.None);

    private static CannedResponse Success(string id, int outputLength, bool isCompressed)
    {
        CannedResponse plain = CannedResponse.Success(id, $"\"{new string('x', outputLength)}\"");
        return isCompressed ? plain with { Body = Gzip(plain.Body), Headers = [.. plain.Headers, "Content-Encoding: gzip"] } : plain;
    }

    private static byte[] Gzip(byte[] body)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
