namespace Truebit.Proof;

/// <summary>The members that proofs know (truebit-api.md 8.1, 8.2 and 9).</summary>
internal static class MemberNames
{
    public const string AccountingSignature = "accounting_signature";
    public const string ExecutionId = "executionId";
    public const string Hash = "msgHash";
    public const string Message = "message";
    public const string PublicKey = "publicKey";
    public const string PublicKeyInProse = "publickey";
    public const string SenderAddress = "senderAddress";
    public const string Signature = "signature";
    public const string Transcript = "transcript";
    public const string TranscriptHash = "transcriptHash";
    public const string Type = "type";
}
