using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Utilities;

namespace Truebit.Proof;

/// <summary>ECDSA on secp256k1 as far as recovery needs it (SEC 1, version 2, 4.1). BouncyCastle does the arithmetic.</summary>
internal static class Secp256k1
{
    // The custom curve knows secp256k1's endomorphism and field; the one of ECNamedCurveTable is generic and far slower.
    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256k1");

    public static BigInteger Order { get; } = Parameters.N;

    /// <summary>The greatest s of a signature in its one accepted form (EIP-2: "low S").</summary>
    public static BigInteger HalfOrder { get; } = Parameters.N.ShiftRight(1);

    /// <summary>A scalar times the base point, in affine coordinates.</summary>
    public static ECPoint MultiplyBase(BigInteger scalar) => new FixedPointCombMultiplier().Multiply(Parameters.G, scalar).Normalize();

    /// <summary>The point from 65 uncompressed bytes; null where it is not on the curve.</summary>
    public static ECPoint? Decode(byte[] bytes)
    {
        BigInteger x = new(1, bytes, 1, 32);
        BigInteger y = new(1, bytes, 33, 32);
        ECCurve curve = Parameters.Curve;
        if (bytes[0] != 4 || !curve.IsValidFieldElement(x) || !curve.IsValidFieldElement(y))
        {
            return null;
        }

        // Not ValidatePoint: it answers with an exception.
        ECPoint point = curve.CreatePoint(x, y);
        return point.IsValid() ? point : null;
    }

    /// <summary>The key that made a signature: r^-1 (sR - zG). Null where there is no such key.</summary>
    public static ECPoint? Recover(byte[] hash, RecoverableSignature signature)
    {
        // Recovery ids 0 and 1 only (v is 27 or 28), so R's x is r itself.
        ECFieldElement x = Parameters.Curve.FromBigInteger(signature.R);
        ECFieldElement? y = x.Square().Multiply(x).Add(Parameters.Curve.B).Sqrt();
        if (y is null)
        {
            return null;
        }

        if (y.TestBitZero() != signature.IsOdd)
        {
            y = y.Negate();
        }

        ECPoint point = Parameters.Curve.CreatePoint(signature.R, y.ToBigInteger());
        BigInteger inverse = BigIntegers.ModOddInverseVar(Order, signature.R);
        BigInteger a = Order.Subtract(ToInteger(hash)).Multiply(inverse).Mod(Order);
        BigInteger b = signature.S.Multiply(inverse).Mod(Order);
        ECPoint key = ECAlgorithms.SumOfTwoMultiplies(Parameters.G, a, point, b);
        return key.IsInfinity ? null : key.Normalize();
    }

    /// <summary>
    /// Whether <see cref="Recover"/> would give <paramref name="key"/>, for less: the same double multiplication, but with tables
    /// that BouncyCastle keeps with the key. ECDSA itself looks at R's x only; y must be of v's parity, too, or v could be changed.
    /// </summary>
    public static bool Verify(byte[] hash, RecoverableSignature signature, ECPoint key)
    {
        BigInteger inverse = BigIntegers.ModOddInverseVar(Order, signature.S);
        BigInteger a = ToInteger(hash).Multiply(inverse).Mod(Order);
        BigInteger b = signature.R.Multiply(inverse).Mod(Order);
        ECPoint point = ECAlgorithms.SumOfTwoMultiplies(Parameters.G, a, key, b);
        if (point.IsInfinity)
        {
            return false;
        }

        point = point.Normalize();
        return point.AffineXCoord.ToBigInteger().Equals(signature.R) && point.AffineYCoord.TestBitZero() == signature.IsOdd;
    }

    /// <summary>A hash as a number: its 256 bits, since the order has 256 as well (SEC 1, 4.1.3, step 5).</summary>
    public static BigInteger ToInteger(byte[] hash) => new(1, hash);
}
