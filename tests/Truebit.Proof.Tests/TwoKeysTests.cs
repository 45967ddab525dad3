namespace Truebit.Proof.Tests;

/// <summary>A hub whose dispatcher has a key of its own: what is published has one key only, and rules out neither (truebit-api.md 8.3).</summary>
public sealed class TwoKeysTests
{
    private static readonly HubSigner Hub = Samples.Signer;
    private static readonly HubSigner Dispatcher = new(Samples.Bytes(Samples.DispatchPrivateKey));
    private static readonly HubSigner Stranger = new([.. Enumerable.Range(3, 32).Select(static n => (byte)n)]);

    [Fact]
    public void Both_keys_are_proved_where_both_are_expected()
    {
        ProofReport report = Prove(Transcript(), Hub, Dispatcher);

        Assert.Equal(ProofResult.Proved, report.Result);
        Assert.Equal((Hub.Address, Dispatcher.Address), (report.Signer, report.Dispatcher));
        Assert.Equal(
            $"The signers are {Hub.Address} and {Dispatcher.Address}, as expected.",
            Assert.Single(report.Checks, static check => check.Rule == ProofRule.ExpectedSigner).Reason);
    }

    [Fact]
    public void Without_expected_signers_two_keys_are_not_provable_because_anyone_can_add_one()
    {
        ProofReport report = Prove(Transcript());

        Assert.Equal(ProofResult.NotProvable, report.Result);
        Assert.Equal(ProofResult.NotProvable, report.Result("transcript", ProofRule.OneSigner));
        Assert.Equal((Hub.Address, Dispatcher.Address), (report.Signer, report.Dispatcher));
        Assert.DoesNotContain(report.Checks, static check => check.Result == ProofResult.Failed);
        Assert.Null(report.Witness.Signer);
    }

    [Fact]
    public void Two_keys_fail_where_only_one_of_them_is_expected()
    {
        Assert.Equal(ProofResult.Failed, Prove(Transcript(), Hub).Result);
        Assert.Equal(ProofResult.Failed, Prove(Transcript(), Dispatcher).Result);
        Assert.Equal(ProofResult.Failed, Prove(Transcript(), Hub, Stranger).Result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"senderAddress\":\"HUB\",")]
    [InlineData("\"senderAddress\":\"0x01\",")]
    public void A_second_key_that_its_message_does_not_name_fails(string sender)
    {
        ProofReport report = Prove(Transcript(sender.Replace("HUB", Hub.Address.ToString())), Hub, Dispatcher);

        Assert.Equal(ProofResult.Failed, report.Result);
        Assert.Null(report.Dispatcher);
    }

    [Fact]
    public void A_hub_with_one_key_may_be_expected_among_several()
    {
        ProofReport report = Prover.Prove(Samples.ApiTranscript(), new ProofOptions { ExpectedSigners = [Stranger.Address, Hub.Address] });

        Assert.Equal(ProofResult.Proved, report.Result);
        Assert.Null(report.Dispatcher);
        Assert.True(Prover.Prove(Samples.Utf8(Samples.Invoice), new ProofOptions { ExpectedSigners = [Stranger.Address, Samples.Address(Samples.HubAddress)] }).IsProved);
    }

    [Fact]
    public void An_invoice_may_be_signed_by_either_key_of_its_transcript()
    {
        TranscriptSigner witness = Prove(Transcript(), Hub, Dispatcher).Witness;

        Assert.Equal(ProofResult.Proved, Invoice(Hub, witness));
        Assert.Equal(ProofResult.Proved, Invoice(Dispatcher, witness));
        Assert.Equal(ProofResult.Failed, Invoice(Stranger, witness));
    }

    [Fact]
    public void No_byte_of_a_transcript_with_two_keys_can_be_changed()
    {
        byte[] transcript = Transcript();
        ProofOptions options = new() { ExpectedSigners = [Hub.Address, Dispatcher.Address] };

        Parallel.For(0, transcript.Length, at =>
        {
            byte[] changed = [.. transcript];
            changed[at] ^= (byte)(char.IsAsciiLetter((char)changed[at]) ? 0x20 : 1);
            Assert.False(Prover.Prove(changed, options).IsProved, $"byte {at}: {(char)transcript[at]}");
        });
    }

    private static byte[] Transcript(string? sender = null)
    {
        sender ??= $"\"senderAddress\":\"{Dispatcher.Address}\",";
        TranscriptWriter writer = new(Hub, Samples.ExecutionId);
        byte[] dispatch = Dispatcher.SignMessage(Samples.Utf8($$$"""{"type":"dispatch_api_task","executionId":"{{{Samples.ExecutionId}}}",{{{sender}}}"input":{"path":"/pet"}}"""));
        writer.Add("api_task_created", dispatch, 1, isSignedByHub: false);
        writer.Complete(2);
        return writer.Write(3);
    }

    private static ProofReport Prove(byte[] transcript, params HubSigner[] expected) =>
        Prover.Prove(transcript, new ProofOptions { ExpectedSigners = [.. expected.Select(static signer => signer.Address)] });

    private static ProofResult Invoice(HubSigner signer, TranscriptSigner witness) => Prover.Prove(
        signer.SignInvoice(Samples.Utf8($$"""{"executionId":"{{Samples.ExecutionId}}","invoiceId":"1","lineItem":[]}""")), new ProofOptions { Transcript = witness }).Result;
}
