using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests.Corpus;

/// <summary>Each answer of the corpus: one POST, the right outcome, and no secret and no control character in anything that is told.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Names => [.. EvilAnswers.All.Select(static (answer, number) => $"{number}: {answer.Name}")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_sent_once_and_ends_as_it_must(string name)
    {
        EvilAnswer evil = EvilAnswers.All.ElementAt(int.Parse(name[..name.IndexOf(':', StringComparison.Ordinal)]));
        await using Hub hub = new();
        hub.Server.On(Hub.ExecutePath, CannedResponse.Raw(evil.Bytes));
        hub.Server.On(Hub.StatusPath, request => CannedResponse.Raw(EvilAnswer.Done(Uri.UnescapeDataString(request.Path[Hub.StatusPath.Length..]))));

        HubExecution? execution = null;
        HubException? failure = null;
        try
        {
            execution = await hub.RunAsync();
        }
        catch (HubException e)
        {
            failure = e;
        }

        Assert.Equal(1, hub.Posts);
        Assert.Equal(evil.Ending, hub.Told.Steps.Except(["sending", "finished"]).Single());
        Assert.Equal(evil.Id, execution?.Id ?? failure?.CandidateId);
        Assert.Equal(evil.Ending == "unknown", failure?.Code == HubErrorCode.OutcomeUnknown);
        string told = string.Join('\n', [failure?.Message, failure?.HubMessage, .. hub.Log.Warnings, .. hub.Log.VerboseLines, .. hub.Told.Reasons]);
        Assert.DoesNotContain(Hub.Key, told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(told, static c => char.IsControl(c) && c != '\n');
    }
}
