using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace Truebit.Proof;

/// <summary>A signature as the hub prints it: v of 27 or 28, and r and s of 64 digits each (truebit-api.md 2.5 and 8.3).</summary>
public sealed class RecoverableSignature
{
    /// <summary>v where R's y is even; where it is odd, v is one more.</summary>
    private const int EvenV = 27;

    internal RecoverableSignature(bool isOdd, BigInteger r, BigInteger s)
    {
        IsOdd = isOdd;
        R = r;
        S = s;
    }

    /// <summary>27 or 28: which of two keys made the signature.</summary>
    public int V => IsOdd ? EvenV + 1 : EvenV;

    /// <summary>r, in 64 digits.</summary>
    public string RText => ToText(R);

    /// <summary>s, in 64 digits.</summary>
    public string SText => ToText(S);

    internal bool IsOdd { get; }

    internal BigInteger R { get; }

    internal BigInteger S { get; }

    /// <summary>Takes the three numbers in the hub's spelling; where they cannot be a signature, says why.</summary>
    public static RecoverableSignature? Read(int v, string? r, string? s, out string problem)
    {
        byte[]? rBytes = Hex.Read(r, 32);
        byte[]? sBytes = Hex.Read(s, 32);
        if (rBytes is null || sBytes is null)
        {
            problem = $"{(rBytes is null ? "r" : "s")} is not 64 lower-case hexadecimal digits";
            return null;
        }

        BigInteger rNumber = new(1, rBytes);
        BigInteger sNumber = new(1, sBytes);
        problem = Check(v, rNumber, sNumber);
        return problem.Length == 0 ? new RecoverableSignature(v != EvenV, rNumber, sNumber) : null;
    }

    private static string Check(int v, BigInteger r, BigInteger s)
    {
        if (v is not (EvenV or EvenV + 1))
        {
            return "v is neither 27 nor 28";
        }

        if (r.SignValue == 0 || r.CompareTo(Secp256k1.Order) >= 0)
        {
            return "r is zero, or not below the order of the curve";
        }

        if (s.SignValue == 0 || s.CompareTo(Secp256k1.Order) >= 0)
        {
            return "s is zero, or not below the order of the curve";
        }

        // n - s with the other v is a signature of the same hash by the same key: with one form only, no one can make a second.
        return s.CompareTo(Secp256k1.HalfOrder) > 0 ? "s is in the upper half of its range (high S), a form that anyone can make of another signature" : "";
    }

    private static string ToText(BigInteger number) => Hex.Write(BigIntegers.AsUnsignedByteArray(32, number));
}
