using System.Diagnostics;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Proofs;

/// <summary>
/// A thousand transcripts of five messages through Test-TruebitProof. Run it alone, in Release:
/// <c>dotnet run -c Release --project tests/Truebit.Module.Tests -- -explicit only -class Truebit.Module.Tests.Proofs.RateMeasurement -showliveoutput</c>
/// </summary>
public sealed class RateMeasurement(ITestOutputHelper output)
{
    private const int Transcripts = 1000;
    private const int SignaturesEach = 7;

    [Fact(Explicit = true)]
    public void SignaturesPerSecondAndCore()
    {
        using Engine engine = new();
        engine["many"] = Enumerable.Range(0, Transcripts).AsParallel().Select(static n => Documents.Transcript($"execution-{n}")).ToArray();
        for (int round = 0; round < 5; round++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            Stopwatch clock = Stopwatch.StartNew();
            int proved = (int)engine.Ok("@($many | Test-TruebitProof | Where-Object IsProved).Count").Output.Single().BaseObject;
            double seconds = clock.Elapsed.TotalSeconds;
            double processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            Assert.Equal(Transcripts, proved);
            output.WriteLine($"round {round}: {Transcripts * SignaturesEach / seconds:f0} signatures/s, {Transcripts * SignaturesEach / processor:f0} a second of processor time, {processor / seconds:f2} cores");
        }
    }
}
