namespace Truebit.Proof.Tests;

public sealed class InvoiceTests
{
    private static readonly byte[] Unsigned = Samples.Utf8($$"""{"executionId":"{{Samples.ExecutionId}}","taskId":"rs_1","taskCreated_timeStamp":1762441264136,"invoiceId":"4750340717624412641106","stepGasPrice":5e-7,"lineItem":[{"operation":"pay","account":"0x00","total_steps_computed":12}]}""");

    private static readonly byte[] Signed = Samples.Signer.SignInvoice(Unsigned);

    [Fact]
    public void ItIsProvedWhereTheSignerIsKnown()
    {
        Assert.True(Prover.Prove(Signed, new ProofOptions { ExpectedSigners = [Samples.Signer.Address] }).IsProved);
        Assert.True(Prover.Prove(Signed, new ProofOptions { Transcript = Prover.Prove(Samples.ApiTranscript()).Witness }).IsProved);
        Assert.True(Prover.Prove(Samples.Signer.SignInvoice(Unsigned, printKey: true)).IsProved);
        Assert.False(Prover.Prove(Signed).IsProved);
    }

    [Fact]
    public void AnotherTranscriptOrSignerIsAFailure()
    {
        ProofReport otherExecution = Prover.Prove(Signed, new ProofOptions { Transcript = Prover.Prove(Samples.ApiTranscript("other")).Witness });
        Assert.Equal(ProofResult.Failed, otherExecution.Result("invoice", ProofRule.ExecutionId));
        HubSigner stranger = new(Samples.Bytes(Samples.DispatchPrivateKey));
        ProofReport otherSigner = Prover.Prove(Signed, new ProofOptions { Transcript = Prover.Prove(Samples.ApiTranscript(signer: stranger)).Witness });
        Assert.Equal(ProofResult.Failed, otherSigner.Result("invoice", ProofRule.OneSigner));
        ProofReport expected = Prover.Prove(Signed, new ProofOptions { ExpectedSigners = [stranger.Address] });
        Assert.Equal(ProofResult.Failed, expected.Result("invoice", ProofRule.ExpectedSigner));
        Assert.False(otherExecution.IsProved || otherSigner.IsProved || expected.IsProved);
    }

    [Fact]
    public void ATranscriptThatProvesNothingIsNoWitness()
    {
        ProofReport report = Prover.Prove(Signed, new ProofOptions { Transcript = Samples.Prove("[]").Witness });
        Assert.False(report.IsProved);
        Assert.Equal(ProofResult.NotProvable, report.Result("invoice", ProofRule.Signature));
    }

    [Theory]
    [InlineData("\"stepGasPrice\":5e-7", "\"stepGasPrice\":0.0000005")]
    [InlineData("\"taskId\":", "\"taskId\":\"rs_2\",\"taskId\":")]
    [InlineData("\"v\":", "\"u\":")]
    [InlineData("\"r\":\"", "\"r\":\"00")]
    [InlineData("accounting_signature\":", "accounting_signature\":1,\"x\":")]
    [InlineData("accounting_signature\":", "accounting_signature\":null,\"accounting_signature\":")]
    public void ChangesAreSeen(string old, string replacement)
    {
        string json = Samples.Text(Signed);
        Assert.Contains(old, json);
        ProofReport report = Samples.Prove(json.Replace(old, replacement), Samples.Signer.Address.ToString());
        Assert.False(report.IsProved);
        Assert.Contains(report.Checks, static check => check.Result == ProofResult.Failed);
    }

    [Fact]
    public void WhitespaceIsNoContent()
    {
        string pretty = Samples.Text(Signed).Replace(",\"", " ,\r\n\t\"");
        Assert.True(Samples.Prove(pretty, Samples.Signer.Address.ToString()).IsProved);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"accounting_signature\":1}")]
    public void WhatCannotBeSignedIsRefused(string json) => Assert.Throws<ArgumentException>(() => Samples.Signer.SignInvoice(Samples.Utf8(json)));

    [Theory]
    [InlineData("{\"msgHash\":1}")]
    [InlineData("{\"signature\":1}")]
    [InlineData("{\"publicKey\":1}")]
    public void AMessageIsSignedOnce(string json) => Assert.Throws<ArgumentException>(() => Samples.Signer.SignMessage(Samples.Utf8(json), printKey: true));

    [Fact]
    public void AnEmptyMessageCanBeSigned() => Assert.StartsWith("{\"msgHash\":\"", Samples.Text(Samples.Signer.SignMessage(Samples.Utf8(" { } "))));
}
