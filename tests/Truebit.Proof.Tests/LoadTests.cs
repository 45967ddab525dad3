namespace Truebit.Proof.Tests;

public sealed class LoadTests
{
    [Fact]
    public void AThousandTranscriptsOfFiveMessagesAreProvedInParallel()
    {
        List<byte[]> transcripts = [.. Enumerable.Range(0, 1000).AsParallel().AsOrdered().Select(static n => Samples.FunctionTranscript($"execution-{n}"))];
        List<ProofReport> reports = [.. transcripts.AsParallel().AsOrdered().Select(static json => Prover.Prove(json))];
        for (int n = 0; n < reports.Count; n++)
        {
            Assert.True(reports[n].IsProved);
            Assert.Equal($"execution-{n}", reports[n].ExecutionId);
        }
    }
}
