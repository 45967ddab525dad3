namespace Truebit.Proofs;

/// <summary>The files in a zip of Export-TruebitEvidence.</summary>
internal static class EvidenceFiles
{
    public const string Request = "request.json";
    public const string Result = "result.json";
    public const string Transcript = "transcript.json";
    public const string Invoice = "invoice.json";
    public const string ProofJson = "proof.json";
    public const string ProofPage = "proof.html";
}
