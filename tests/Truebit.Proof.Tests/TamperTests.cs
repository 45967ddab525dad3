namespace Truebit.Proof.Tests;

/// <summary>Every byte of what is signed is changed, one at a time.</summary>
public sealed class TamperTests
{
    [Fact]
    public void NoByteOfAnApiTranscriptCanBeChanged() => AssertNoneProved(Samples.ApiTranscript(), new ProofOptions(), 3);

    [Fact]
    public void NoByteOfAFunctionTranscriptCanBeChanged() => AssertNoneProved(Samples.FunctionTranscript(), new ProofOptions { ExpectedSigners = [Samples.Signer.Address] }, 1);

    [Fact]
    public void NoByteOfThePublishedInvoiceCanBeChanged() =>
        AssertNoneProved(Samples.Utf8(Samples.Invoice), new ProofOptions { ExpectedSigners = [Samples.Address(Samples.HubAddress)] }, 4);

    [Fact]
    public void NoByteOfAnInvoiceThatPrintsItsKeyCanBeChanged() =>
        AssertNoneProved(Samples.Signer.SignInvoice(Samples.Utf8(Samples.InvoiceText), printKey: true), new ProofOptions(), 4);

    /// <summary>The change of v that leaves it a v: plain ECDSA does not look at it.</summary>
    [Fact]
    public void NoVCanBecomeTheOther()
    {
        string json = Samples.Text(Samples.ApiTranscript());
        int count = 0;
        for (int at = json.IndexOf("\"v\":2", StringComparison.Ordinal); at >= 0; at = json.IndexOf("\"v\":2", at + 1, StringComparison.Ordinal))
        {
            char[] changed = json.ToCharArray();
            changed[at + 5] = changed[at + 5] == '7' ? '8' : '7';
            ProofReport report = Samples.Prove(new string(changed));
            Assert.False(report.IsProved);
            count++;
        }

        Assert.Equal(6, count);
    }

    /// <param name="json">What is proved.</param>
    /// <param name="options">How.</param>
    /// <param name="kinds">How many kinds of change: a neighbouring value, the other case of a letter, any other byte, a space.</param>
    private static void AssertNoneProved(byte[] json, ProofOptions options, int kinds)
    {
        Assert.True(Prover.Prove(json, options).IsProved);
        Random random = new(json.Length);
        byte[] noise = new byte[json.Length];
        random.NextBytes(noise);
        Parallel.For(0, json.Length, at =>
        {
            byte old = json[at];
            byte[] changes = [(byte)(old ^ 1), (byte)(old ^ 0x20), noise[at], (byte)' '];
            foreach (byte changed in changes.Take(kinds).Distinct())
            {
                if (changed != old)
                {
                    byte[] copy = [.. json];
                    copy[at] = changed;
                    Assert.False(Prover.Prove(copy, options).IsProved, $"byte {at}: {old:x2} became {changed:x2}");
                }
            }
        });
    }
}
