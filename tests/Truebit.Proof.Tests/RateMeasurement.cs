using System.Diagnostics;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Truebit.Proof.Tests;

/// <summary>
/// Signatures per second and core, ours beside BouncyCastle's own, by processor time: other processes on the machine do not
/// count. Run it alone, in Release:
/// <c>dotnet run -c Release --project tests/Truebit.Proof.Tests -- -explicit only -class Truebit.Proof.Tests.RateMeasurement -showliveoutput</c>
/// </summary>
public sealed class RateMeasurement(ITestOutputHelper output)
{
    private const int Transcripts = 1000;
    private const int SignaturesEach = 7;
    private const int Rounds = 9;

    [Fact(Explicit = true)]
    public void SignaturesPerSecondAndCore()
    {
        byte[][] transcripts = [.. Enumerable.Range(0, Transcripts).AsParallel().Select(static n => Samples.FunctionTranscript($"execution-{n}"))];
        byte[][] hashes = [.. Enumerable.Range(0, Transcripts).Select(static n => Keccak256.Hash(BitConverter.GetBytes(n)))];
        RecoverableSignature[] signatures = [.. hashes.Select(Samples.Signer.Sign)];
        X9ECParameters curve = CustomNamedCurves.GetByName("secp256k1");
        ECDomainParameters domain = new(curve.Curve, curve.G, curve.N, curve.H);
        ECPublicKeyParameters key = new(curve.Curve.DecodePoint(Samples.Bytes(Samples.Signer.PublicKey.Text)), domain);
        int signed = Prover.Prove(transcripts[0]).Checks.Count(static check => check.Rule == ProofRule.Signature);
        Assert.Equal(SignaturesEach, signed);

        List<double> provedRatios = [], verifiedRatios = [], recoveredRatios = [];
        for (int round = 0; round <= Rounds; round++)
        {
            // All cores work in each measurement, one after the other, so that they meet the same machine.
            double bare = Rate(Transcripts * 5, n => Bare(key, hashes[n % Transcripts], signatures[n % Transcripts]));
            double verified = Rate(Transcripts * 5, n => Assert.True(Samples.Signer.PublicKey.Verify(hashes[n % Transcripts], signatures[n % Transcripts])));
            double recovered = Rate(Transcripts, n => Assert.NotNull(PublicKey.Recover(hashes[n], signatures[n])));
            double proved = SignaturesEach * Rate(Transcripts, n => Assert.True(Prover.Prove(transcripts[n]).IsProved));
            output.WriteLine($"round {round}: bare {bare:f0}/s, Verify {verified:f0}/s, Recover {recovered:f0}/s, Prove {proved:f0} signatures/s ({proved / bare:f3})");
            if (round > 0)
            {
                provedRatios.Add(proved / bare);
                verifiedRatios.Add(verified / bare);
                recoveredRatios.Add(recovered / bare);
            }
        }

        output.WriteLine($"{transcripts[0].Length} bytes a transcript; medians of bare: Verify {Median(verifiedRatios):f3}, Recover {Median(recoveredRatios):f3}, Prove {Median(provedRatios):f3}");
        Assert.True(Median(provedRatios) >= 0.8);
    }

    private static void Bare(ECPublicKeyParameters key, byte[] hash, RecoverableSignature signature)
    {
        ECDsaSigner signer = new();
        signer.Init(false, key);
        Assert.True(signer.VerifySignature(hash, new BigInteger(signature.RText, 16), new BigInteger(signature.SText, 16)));
    }

    private static double Rate(int count, Action<int> action)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        Parallel.For(0, count, action);
        return count / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
