using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Utilities;

namespace Truebit.Proof.Tests;

/// <summary>What can be made without the hub's key, and must not pass.</summary>
public sealed class ForgeryTests
{
    [Fact]
    public void SignaturesMadeWithoutTheKeyAreNotTakenForTheHubs()
    {
        // For any key: choose a and b, R = aG + bQ, and let r, s and the hash follow. Only the hash cannot be chosen.
        const string id = "\"executionId\":\"e\"";
        string json = $$"""{{{id}},"transcript":[{"type":"api_task_created",{{id}},"publicKey":"{{Samples.Signer.PublicKey}}",{{Forge(5, 7)}}},{"type":"execution_completed",{{id}},{{Forge(11, 13)}}}],{{Forge(17, 19)}}}""";
        ProofReport report = Samples.Prove(json, Samples.Signer.Address.ToString());
        Assert.False(report.IsProved);
        Assert.Equal(ProofResult.Proved, report.Result("root", ProofRule.Signature));
        Assert.Equal(ProofResult.NotProvable, report.Result("root", ProofRule.ContentHash));
        Assert.Equal(ProofResult.NotProvable, report.Result("transcript", ProofRule.OneSigner));
        Assert.Equal(ProofResult.NotProvable, report.Result("transcript", ProofRule.ExpectedSigner));
    }

    [Fact]
    public void OneSignatureThatNamesNoKeyProvesNothing()
    {
        // Any r and s are the signature of this root by some key, which nobody needs to have.
        string root = """{"executionId":"e","transcript":[{"type":"x"}]}""";
        string hash = Hex.Write(Keccak256.Hash(Samples.Utf8(root)));
        string json = $$"""{{root.Substring(0, root.Length - 1)}},"msgHash":"{{hash}}","signature":{"v":27,"r":"{{Samples.DispatchR}}","s":"{{Samples.DispatchS}}"} }""";
        ProofReport report = Samples.Prove(json);
        Assert.Equal(ProofResult.Proved, report.Result("root", ProofRule.ContentHash));
        Assert.Equal(ProofResult.NotProvable, report.Result("transcript", ProofRule.OneSigner));
        Assert.False(report.IsProved);
    }

    [Fact]
    public void TheOtherFormOfASignatureIsRefused()
    {
        string json = Samples.Text(Samples.Signer.SignInvoice(Samples.Utf8(Samples.InvoiceText), printKey: true));
        Assert.True(Samples.Prove(json).IsProved);
        int at = json.IndexOf("\"s\":\"", StringComparison.Ordinal) + 5;
        string s = json.Substring(at, 64);
        string high = Secp256k1.Order.Subtract(new BigInteger(s, 16)).ToString(16).PadLeft(64, '0');
        string changed = json.Replace(s, high).Replace("\"v\":27", "\"v\":0").Replace("\"v\":28", "\"v\":27").Replace("\"v\":0", "\"v\":28");
        ProofReport report = Samples.Prove(changed, Samples.Signer.Address.ToString());
        Assert.Equal(ProofResult.Failed, report.Result("invoice", ProofRule.Signature));
        Assert.Contains(report.Checks, static check => check.Reason.Contains("high S"));
        Assert.False(report.IsProved);
    }

    private static string Forge(int a, int b)
    {
        BigInteger n = Secp256k1.Order;
        byte[] key = Samples.Bytes(Samples.Signer.PublicKey.Text);
        ECPoint point = Secp256k1.MultiplyBase(BigInteger.ValueOf(a)).Add(Secp256k1.Decode(key)!.Multiply(BigInteger.ValueOf(b))).Normalize();
        BigInteger r = point.AffineXCoord.ToBigInteger();
        BigInteger s = r.Multiply(BigIntegers.ModOddInverse(n, BigInteger.ValueOf(b))).Mod(n);
        BigInteger hash = s.Multiply(BigInteger.ValueOf(a)).Mod(n);
        bool isOdd = point.AffineYCoord.TestBitZero();
        bool isHigh = s.CompareTo(Secp256k1.HalfOrder) > 0;
        RecoverableSignature signature = new(isOdd != isHigh, r, isHigh ? n.Subtract(s) : s);
        return $$"""
            "msgHash":"{{hash.ToString(16).PadLeft(64, '0')}}","signature":{"v":{{signature.V}},"r":"{{signature.RText}}","s":"{{signature.SText}}"}
            """;
    }
}
