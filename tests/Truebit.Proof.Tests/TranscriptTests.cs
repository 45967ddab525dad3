using System.Text.Json.Nodes;

namespace Truebit.Proof.Tests;

public sealed class TranscriptTests
{
    [Fact]
    public void ATranscriptOfAnApiTaskIsProved()
    {
        ProofReport report = Prover.Prove(Samples.ApiTranscript());
        Assert.True(report.IsProved, string.Join("\n", report.Checks));
        Assert.Equal(ProofKind.Transcript, report.Kind);
        Assert.Equal(Samples.ExecutionId, report.ExecutionId);
        Assert.Equal(Samples.Signer.Address, report.Signer);
        string[] signed = ["root", "message 1 (api_task_created)", "message 1 (api_task_created) / dispatch_api_task", "message 2 (api_outcome)", "message 2 (api_outcome) / api_fetcher_outcome", "message 3 (execution_completed)"];
        foreach (string subject in signed)
        {
            Assert.Equal(ProofResult.Proved, report.Result(subject, ProofRule.ContentHash));
            Assert.Equal(ProofResult.Proved, report.Result(subject, ProofRule.Signature));
        }

        Assert.Equal(ProofResult.Proved, report.Result(signed[1], ProofRule.PublicKey));
        Assert.Equal(ProofResult.Proved, report.Result(signed[2], ProofRule.SenderAddress));
        Assert.Equal(ProofResult.Proved, report.Result("message 3", ProofRule.TranscriptHash));
        Assert.Equal(ProofResult.Proved, report.Result("transcript", ProofRule.ExecutionId));
        Assert.Equal(ProofResult.Proved, report.Result("transcript", ProofRule.OneSigner));
        Assert.All(report.Checks, static check => Assert.EndsWith(".", check.Reason));
    }

    [Fact]
    public void WithoutAnExpectedSignerItSaysThatItOnlyProvesWhoSigned()
    {
        ProofCheck check = Assert.Single(Prover.Prove(Samples.ApiTranscript()).Checks, static check => check.Rule == ProofRule.ExpectedSigner);
        Assert.Equal((ProofResult.NotProvable, false), (check.Result, check.IsRequired));
        Assert.Contains("who signed", check.Reason);
    }

    [Fact]
    public void TheExpectedSignerIsCompared()
    {
        string json = Samples.Text(Samples.ApiTranscript());
        Assert.True(Samples.Prove(json, Samples.Signer.Address.ToString()).IsProved);
        Assert.True(Samples.Prove(json, Samples.Signer.Address.ToString().ToLowerInvariant()).IsProved);
        ProofReport other = Samples.Prove(json, Samples.HubAddress);
        Assert.False(other.IsProved);
        Assert.Equal(ProofResult.Failed, other.Result("transcript", ProofRule.ExpectedSigner));
        Assert.Equal(Samples.Signer.Address, other.Signer);
    }

    [Fact]
    public void NodesSignaturesAreNeitherProvedNorNeeded()
    {
        ProofReport report = Prover.Prove(Samples.FunctionTranscript());
        Assert.True(report.IsProved, string.Join("\n", report.Checks));
        List<ProofCheck> nodes = [.. report.Checks.Where(static check => check.Rule == ProofRule.NodeSignature)];
        Assert.Equal(["message 2 (node_outcome)", "message 3 (node_outcome)", "message 4 (solutions_revealed)"], nodes.Select(static check => check.Subject));
        Assert.All(nodes, static check => Assert.Equal((ProofResult.NotProvable, false), (check.Result, check.IsRequired)));
    }

    [Fact]
    public void WhitespaceIsNoContent()
    {
        string pretty = Samples.Text(Samples.ApiTranscript()).Replace(",\"", " ,\r\n\t\"").Replace("[{", " [ {");
        Assert.True(Samples.Prove("\uFEFF" + pretty + "\n").IsProved);
    }

    [Fact]
    public void AnUncoveredChangeOfAnEnvelopeIsNotKnownToBeAChange()
    {
        // Nothing says how the hub hashes an envelope: this may be a change, or a rule that is not ours.
        string json = Samples.Text(Samples.ApiTranscript()).Replace("1762441265", "1762441999");
        ProofReport report = Samples.Prove(json);
        Assert.False(report.IsProved);
        Assert.Equal(ProofResult.NotProvable, report.Result("message 2 (api_outcome)", ProofRule.ContentHash));
        Assert.Equal(ProofResult.NotProvable, report.Result("root", ProofRule.ContentHash));
        Assert.DoesNotContain(report.Checks, static check => check.Result == ProofResult.Failed);
    }

    [Fact]
    public void AChangeOfTheDispatchMessageIsAFailure()
    {
        ProofReport report = Samples.Prove(Samples.Text(Samples.ApiTranscript()).Replace("5e-7", "5e-6"));
        Assert.Equal(ProofResult.Failed, report.Result("message 1 (api_task_created) / dispatch_api_task", ProofRule.ContentHash));
        Assert.False(report.IsProved);
    }

    [Fact]
    public void TheMessageThatStandsOutIsNamed()
    {
        string json = Samples.Text(Samples.ApiTranscript());
        int second = json.IndexOf("\"msgHash\":\"", json.IndexOf("bodyResponse", StringComparison.Ordinal), StringComparison.Ordinal);
        int envelope = json.IndexOf("\"msgHash\":\"", second + 80, StringComparison.Ordinal) + 11;
        char[] changed = json.ToCharArray();
        changed[envelope] = changed[envelope] == '0' ? '1' : '0';
        ProofReport report = Samples.Prove(new string(changed));
        Assert.Equal(ProofResult.Failed, report.Result("message 2 (api_outcome)", ProofRule.Signature));
        Assert.Equal(ProofResult.Failed, report.Result("transcript", ProofRule.OneSigner));
        Assert.Equal(ProofResult.Proved, report.Result("root", ProofRule.Signature));
        Assert.Null(report.Signer);
    }

    [Fact]
    public void AnotherSignersMessageIsAFailure()
    {
        HubSigner stranger = new(Samples.Bytes(Samples.DispatchPrivateKey));
        JsonObject own = JsonNode.Parse(Samples.ApiTranscript())!.AsObject();
        JsonObject other = JsonNode.Parse(Samples.ApiTranscript(signer: stranger))!.AsObject();
        own["transcript"]![1] = other["transcript"]![1]!.DeepClone();
        ProofReport report = Samples.Prove(Resign(own));
        Assert.False(report.IsProved);
        Assert.Equal(ProofResult.Proved, report.Result("root", ProofRule.ContentHash));
        Assert.Equal(ProofResult.Failed, report.Result("message 2 (api_outcome)", ProofRule.Signature));
        Assert.Equal(ProofResult.NotProvable, report.Result("message 2 (api_outcome) / api_fetcher_outcome", ProofRule.Signature));
        Assert.Equal(ProofResult.Failed, report.Result("transcript", ProofRule.OneSigner));
    }

    [Fact]
    public void AnotherExecutionsMessageIsAFailureEvenWhereTheHubSignedIt()
    {
        JsonObject own = JsonNode.Parse(Samples.ApiTranscript())!.AsObject();
        JsonObject other = JsonNode.Parse(Samples.ApiTranscript("99999999-3c57-4a53-9f0e-2b8d1a6c7e40"))!.AsObject();
        own["transcript"]![1] = other["transcript"]![1]!.DeepClone();
        ProofReport report = Samples.Prove(Resign(own));
        Assert.False(report.IsProved);
        Assert.Equal(ProofResult.Failed, report.Result("transcript", ProofRule.ExecutionId));
        Assert.Equal(ProofResult.Proved, report.Result("transcript", ProofRule.OneSigner));
    }

    [Theory]
    [InlineData("\"timestamp\":1762441300", "\"timestamp\":1762441300,\"timestamp\":1762441300")]
    [InlineData("{\"v\":27,", "{\"v\":27,\"x\":1,")]
    [InlineData("{\"v\":28,", "{\"v\":28,\"v\":28,")]
    [InlineData("{\"v\":2", "{\"v\":2.0e1,\"w\":2")]
    [InlineData("\"signature\":{\"v\"", "\"signed\":{\"v\"")]
    [InlineData("\"msgHash\":", "\"hash\":")]
    [InlineData("\"msgHash\":\"", "\"msgHash\":\"0x")]
    [InlineData("\"senderAddress\":\"0x", "\"senderAddress\":\"0X")]
    [InlineData("\"publicKey\":\"04", "\"publicKey\":\"05")]
    [InlineData("execution_completed", "execution_complete")]
    [InlineData("{\"type\":\"api_outcome\"", "[],{\"type\":\"api_outcome\"")]
    public void OtherChangesAreSeen(string old, string replacement)
    {
        string json = Samples.Text(Samples.ApiTranscript());
        string changed = json.Replace(old, replacement);
        Assert.NotEqual(json, changed);
        Assert.False(Samples.Prove(changed).IsProved);
    }

    [Theory]
    [InlineData("\"v\":", "\"x\":\"unsigned\",\"v\":")]
    [InlineData("\"r\":", "\"r\" :")]
    [InlineData("\"s\":\"", "\"s\":\"\",\"s\":\"")]
    [InlineData("\"msgHash\":\"", "\"msgHash\":\"\",\"msgHash\":\"")]
    [InlineData("\"msgHash\":", "\"type\":\"unsigned\",\"msgHash\":")]
    public void NothingUnsignedFitsIntoTheRoot(string old, string replacement)
    {
        string json = Samples.Text(Samples.ApiTranscript());
        int at = json.LastIndexOf(old, StringComparison.Ordinal);
        string changed = json.Remove(at, old.Length).Insert(at, replacement);
        bool isOnlySpace = replacement.Replace(" ", "") == old;
        Assert.Equal(isOnlySpace, Samples.Prove(changed).IsProved);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnEnvelopeThatNamesAnotherExecutionIsAFailure(int message)
    {
        JsonObject own = JsonNode.Parse(Samples.ApiTranscript())!.AsObject();
        JsonObject envelope = own["transcript"]![message]!.AsObject();
        envelope["executionId"] = "another";
        own["transcript"]![message] = JsonNode.Parse(Resign(envelope));
        ProofReport report = Samples.Prove(Resign(own));
        Assert.Equal(ProofResult.Failed, report.Result("transcript", ProofRule.ExecutionId));
        Assert.False(report.IsProved);
    }

    /// <summary>A root or message signed again by the hub's key, as only the hub could.</summary>
    private static string Resign(JsonObject message)
    {
        message.Remove("msgHash");
        message.Remove("signature");
        return Samples.Text(Samples.Signer.SignMessage(Samples.Utf8(message.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))));
    }
}
