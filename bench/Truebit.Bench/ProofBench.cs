using System.Net.Http.Json;
using System.Text.Json;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Truebit.Proof;
using Truebit.Sandbox;

namespace Truebit.Bench;

/// <summary>Signatures proved per second and core in whole transcripts, beside the bare verifications of BouncyCastle.</summary>
internal static class ProofBench
{
    private const int Transcripts = 1000;
    private const int Rounds = 9;

    public static async Task<string> RunAsync()
    {
        byte[][] transcripts = await TranscriptsAsync();
        int signaturesEach = Prover.Prove(transcripts[0]).Checks.Count(static check => check.Rule == ProofRule.Signature);
        X9ECParameters curve = CustomNamedCurves.GetByName("secp256k1");
        ECKeyPairGenerator generator = new();
        generator.Init(new ECKeyGenerationParameters(new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H), new SecureRandom()));
        AsymmetricCipherKeyPair key = generator.GenerateKeyPair();
        (byte[] Hash, BigInteger[] Signature)[] signed = [.. Enumerable.Range(0, Transcripts).Select(number => Sign(key.Private, number))];

        List<double> ratios = [];
        double bare = 0, proved = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            // All cores work in each measurement, one after the other, so that both meet the same machine. The first round warms up.
            bare = Processor.RatePerSecond(Transcripts * 5, number => Verify(key.Public, signed[number % Transcripts]));
            proved = signaturesEach * Processor.RatePerSecond(Transcripts, number => Check(Prover.Prove(transcripts[number]).IsProved));
            if (round > 0)
            {
                ratios.Add(proved / bare);
            }
        }

        return $"{transcripts[0].Length} bytes and {signaturesEach} signatures a transcript; signatures a second and core: bare {bare:f0}, in proofs {proved:f0};"
            + $" median of {Rounds} ratios {ratios.Order().ElementAt(Rounds / 2):f3}";
    }

    private static async Task<byte[][]> TranscriptsAsync()
    {
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions());
        using HttpClient http = new() { BaseAddress = hub.Endpoint };
        http.DefaultRequestHeaders.Add("x-api-key", hub.ApiKey);
        byte[][] transcripts = new byte[Transcripts][];
        for (int number = 0; number < Transcripts; number++)
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync(
                "task/function/execute-by-name",
                new { @namespace = "sandbox", taskName = "echo", async = false, totalSolutions = 1, requiredSolutions = 1, taskRequesterTimestamp = 1, input = $"{number}" });
            JsonElement execution = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            transcripts[number] = await http.GetByteArrayAsync($"task/{execution.GetProperty("executionId").GetString()}/transcript");
        }

        return transcripts;
    }

    private static (byte[] Hash, BigInteger[] Signature) Sign(AsymmetricKeyParameter key, int number)
    {
        byte[] hash = System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number));
        ECDsaSigner signer = new();
        signer.Init(true, key);
        return (hash, signer.GenerateSignature(hash));
    }

    private static void Verify(AsymmetricKeyParameter key, (byte[] Hash, BigInteger[] Signature) signed)
    {
        ECDsaSigner signer = new();
        signer.Init(false, key);
        Check(signer.VerifySignature(signed.Hash, signed.Signature[0], signed.Signature[1]));
    }

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new BenchException("A signature was not proved.");
        }
    }
}
