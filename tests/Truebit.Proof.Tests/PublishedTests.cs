namespace Truebit.Proof.Tests;

/// <summary>What truebit-api.md 8.3 established by computation on published data.</summary>
public sealed class PublishedTests
{
    [Fact]
    public void KeccakIsNotSha3()
    {
        Assert.Equal("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Hex.Write(Keccak256.Hash([])));
        Assert.Equal("4c4c4c97348eb9904a15bd8608fe9fc3a80aee1e52596aacf29fb23cdf269351", Hex.Write(Keccak256.Hash(Samples.Utf8("test-ecdsa"))));
    }

    [Fact]
    public void TheTextOfTheDispatchMessageIsThePublishedLine()
    {
        byte[] text = CanonicalText.Of(Samples.Utf8(Samples.Dispatch), CanonicalText.LeftOutOfMessages, out _)!;
        Assert.Equal(Samples.DispatchText, Samples.Text(text));
        Assert.Equal(Samples.DispatchHash, Hex.Write(Keccak256.Hash(text)));
    }

    [Fact]
    public void TheDispatchMessageIsSignedByThePrintedSender()
    {
        RecoverableSignature signature = RecoverableSignature.Read(27, Samples.DispatchR, Samples.DispatchS, out _)!;
        PublicKey key = PublicKey.Recover(Samples.Bytes(Samples.DispatchHash), signature)!;
        Assert.Equal(Samples.DispatchSigner, key.Address.ToString());
        Assert.True(key.Verify(Samples.Bytes(Samples.DispatchHash), signature));
    }

    [Fact]
    public void SigningItAgainGivesThePublishedSignature()
    {
        RecoverableSignature signature = new HubSigner(Samples.Bytes(Samples.DispatchPrivateKey)).Sign(Samples.Bytes(Samples.DispatchHash));
        Assert.Equal((27, Samples.DispatchR, Samples.DispatchS), (signature.V, signature.RText, signature.SText));
    }

    [Fact]
    public void TheInvoiceIsSignedByTheHub()
    {
        ProofReport report = Samples.Prove(Samples.Invoice, Samples.HubAddress);
        Assert.True(report.IsProved);
        Assert.Equal(ProofKind.Invoice, report.Kind);
        Assert.Equal(Samples.HubAddress, report.Signer?.ToString());
        Assert.Equal("e7e444fa-96c5-45c9-9c65-dd9f8edfdafd", report.ExecutionId);
    }

    [Fact]
    public void WithoutAnExpectedSignerTheInvoiceOnlySaysWhoseAddressItGives()
    {
        ProofReport report = Samples.Prove(Samples.Invoice);
        Assert.False(report.IsProved);
        Assert.Equal(Samples.HubAddress, report.Signer?.ToString());
        Assert.Equal(ProofResult.NotProvable, report.Result("invoice", ProofRule.Signature));
        Assert.DoesNotContain(report.Checks, static check => check.Result == ProofResult.Failed);
    }

    [Fact]
    public void InATranscriptOfAnUnknownRuleTheDispatchMessageIsProvedAndTheRestIsNot()
    {
        string hash = new('a', 64);
        string signed = $$"""
            "msgHash":"{{hash}}","signature":{"v":27,"r":"{{Samples.DispatchR}}","s":"{{Samples.DispatchS}}"}
            """;
        HubSigner hardhat = new(Samples.Bytes(Samples.DispatchPrivateKey));
        RecoverableSignature real = hardhat.Sign(Samples.Bytes(hash));
        signed = signed.Replace(Samples.DispatchR, real.RText).Replace(Samples.DispatchS, real.SText).Replace(":27", $":{real.V}");
        const string id = "\"executionId\":\"c287163b-2bdc-4782-9d48-08e6fba689c5\"";
        ProofReport report = Samples.Prove($$"""{{{id}},"transcript":[{"type":"api_task_created",{{id}},"message":{{Samples.Dispatch}},"publicKey":"{{hardhat.PublicKey}}",{{signed}}}],{{signed}}}""", Samples.DispatchSigner);

        Assert.False(report.IsProved);
        Assert.Equal(Samples.DispatchSigner, report.Signer?.ToString());
        const string dispatch = "message 1 (api_task_created) / dispatch_api_task";
        Assert.Equal(ProofResult.Proved, report.Result(dispatch, ProofRule.ContentHash));
        Assert.Equal(ProofResult.Proved, report.Result(dispatch, ProofRule.Signature));
        Assert.Equal(ProofResult.Proved, report.Result(dispatch, ProofRule.SenderAddress));
        Assert.Equal(ProofResult.NotProvable, report.Result("root", ProofRule.ContentHash));
        Assert.Equal(ProofResult.Proved, report.Result("root", ProofRule.Signature));
        Assert.Equal(ProofResult.NotProvable, report.Result("message 1 (api_task_created)", ProofRule.ContentHash));
        Assert.Equal(ProofResult.Proved, report.Result("message 1 (api_task_created)", ProofRule.PublicKey));
        Assert.Equal(ProofResult.Proved, report.Result("transcript", ProofRule.OneSigner));
        Assert.Equal(ProofResult.Proved, report.Result("transcript", ProofRule.ExpectedSigner));
        Assert.DoesNotContain(report.Checks, static check => check.Result == ProofResult.Failed);
    }
}
