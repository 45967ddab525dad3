using System.Text;

namespace Truebit.Proof.Tests;

/// <summary>Any bytes get a report.</summary>
public sealed class GarbageTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00", "\\ud800", " ", "\n", "null", "true", "27", "28", "-1", "5e-7", "1e999", "\"\"",
        "\"executionId\":", "\"transcript\":", "\"transcript\":[", "\"message\":{", "\"msgHash\":", "\"signature\":{", "\"v\":27", "\"r\":", "\"s\":",
        "\"accounting_signature\":", "\"publicKey\":", "\"senderAddress\":", "\"type\":\"dispatch_task\"", "\"type\":\"execution_completed\"",
        "\"transcriptHash\":", "\uFEFF", "\0", "é", "😀", "\"" + Samples.DispatchHash + "\"", "\"" + Samples.DispatchR + "\"", "\"04\"",
    ];

    [Fact]
    public void RandomBytesGetAFailure()
    {
        Random random = new(1);
        for (int n = 0; n < 5000; n++)
        {
            byte[] bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            AssertFailed(bytes);
        }
    }

    [Fact]
    public void PiecesOfTranscriptsGetAReport()
    {
        Random random = new(2);
        for (int n = 0; n < 4000; n++)
        {
            string inner = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            Assert.False(Samples.Prove(n % 2 == 0 ? inner : "{" + inner + "}").IsProved);
        }
    }

    [Fact]
    public void MutilatedTranscriptsGetAReport()
    {
        Random random = new(3);
        byte[][] samples = [Samples.ApiTranscript(), Samples.FunctionTranscript(), Samples.Utf8(Samples.Invoice)];
        for (int n = 0; n < 1000; n++)
        {
            List<byte> bytes = [.. samples[n % 3]];
            for (int cuts = random.Next(1, 4); cuts > 0; cuts--)
            {
                int from = random.Next(bytes.Count);
                int count = random.Next(1, Math.Min(100, bytes.Count - from) + 1);
                if (random.Next(2) == 0)
                {
                    bytes.RemoveRange(from, count);
                }
                else
                {
                    bytes.InsertRange(random.Next(bytes.Count), [.. bytes.GetRange(from, count)]);
                }
            }

            ProofReport report = Prover.Prove(bytes.ToArray());
            Assert.True(!report.IsProved || bytes.SequenceEqual(samples[n % 3]), Encoding.UTF8.GetString([.. bytes]));
        }
    }

    [Fact]
    public void ValuesOfAnyKindInAnyPlaceGetAReport()
    {
        string[] values = ["null", "true", "0", "-1", "27.0", "1e400", "\"\"", "\"\\ud800\"", "[]", "{}", "[[]]", "{\"v\":{},\"r\":[],\"s\":null}", "{\"v\":27,\"r\":\"\\ud800\",\"s\":1}", "{\"\\ud800\":1}"];
        string[] names = ["executionId", "message", "msgHash", "signature", "publicKey", "senderAddress", "transcriptHash", "type", "accounting_signature"];
        foreach (string value in values)
        {
            foreach (string name in names)
            {
                string member = $"\"{name}\":{value}";
                string dispatch = $$"""{"type":"dispatch_task",{{member}}}""";
                Assert.False(Samples.Prove($"{{{member}}}", Samples.HubAddress).IsProved);
                Assert.False(Samples.Prove($$"""{"transcript":[{{value}},{ {{member}} },{"message":{{dispatch}} },{"message":{"x":1,{{member}} } }],{{member}}}""", Samples.HubAddress).IsProved);
                Assert.False(Samples.Prove($"{{\"transcript\":{value},{member}}}").IsProved);
            }
        }
    }

    [Theory]
    [InlineData("[", 1_000_000)]
    [InlineData("{\"transcript\":", 100_000)]
    [InlineData("{\"transcript\":[", 100_000)]
    [InlineData("{\"transcript\":[{\"message\":", 100_000)]
    public void HugeNestingIsAFailure(string piece, int times) => AssertFailed(Samples.Utf8(string.Concat(Enumerable.Repeat(piece, times))));

    [Fact]
    public void DeepButPlausibleNestingIsRead()
    {
        string deep = new string('[', 2000) + new string(']', 2000);
        TranscriptWriter writer = new(Samples.Signer, "e");
        writer.Add("api_task_created", Samples.Utf8($$"""{"type":"dispatch_api_task","executionId":"e","input":{{deep}}}"""), 1);
        writer.Complete(2);
        Assert.True(Prover.Prove(writer.Write(3)).IsProved);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\uFEFF")]
    [InlineData("{\"transcript\":{}}")]
    [InlineData("{\"transcript\":[]}")]
    public void WhatIsNeitherIsAFailure(string json) => AssertFailed(Samples.Utf8(json));

    private static void AssertFailed(byte[] bytes)
    {
        ProofReport report = Prover.Prove(bytes);
        Assert.False(report.IsProved);
        Assert.Contains(report.Checks, static check => check.Result == ProofResult.Failed);
    }
}
