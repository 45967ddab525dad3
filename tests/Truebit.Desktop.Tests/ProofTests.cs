using System.Text;
using Truebit.Proof;
using Truebit.Proof.Tests;

namespace Truebit.Desktop.Tests;

/// <summary>The proof says on .NET Framework, check by check, what it says on .NET.</summary>
public sealed class ProofTests(DesktopProcess desktop) : IClassFixture<DesktopProcess>
{
    public static TheoryData<string> Documents { get; } =
    [
        Samples.Text(Samples.ApiTranscript()),
        Samples.Text(Samples.FunctionTranscript()),
        Samples.Text(Samples.ApiTranscript()).Replace("5e-7", "5e-8", StringComparison.Ordinal),
        Samples.Invoice,
        Samples.Invoice.Replace("0.0002", "0.0003", StringComparison.Ordinal),
        "{}",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_document_is_proved_alike(string document)
    {
        ProofReport here = Prover.Prove(Encoding.UTF8.GetBytes(document));

        Report there = await desktop.AskAsync<Report>(new { Verb = "prove", Document = document });

        Assert.Equal((here.IsProved, $"{here.Signer}"), (there.IsProved, there.Signer));
        Assert.Equal(here.Checks.Select(static check => $"{check}"), there.Checks);
    }

    [Fact]
    public async Task It_proves_and_it_refuses()
    {
        string transcript = Samples.Text(Samples.ApiTranscript());

        Assert.True((await desktop.AskAsync<Report>(new { Verb = "prove", Document = transcript })).IsProved);
        Assert.False((await desktop.AskAsync<Report>(new { Verb = "prove", Document = transcript.Replace("5e-7", "5e-8", StringComparison.Ordinal) })).IsProved);
    }

    private sealed record Report(bool IsProved, string Signer, string[] Checks);
}
