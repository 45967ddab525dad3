using System.Numerics;
using System.Text.RegularExpressions;

namespace Truebit.Documents;

/// <summary>Arithmetic with prices that never rounds: a result that a decimal cannot hold exactly is null.</summary>
internal static class ExactNumber
{
    private const int MaxScale = 28;

    private static readonly BigInteger Max = new(decimal.MaxValue);

    private static readonly Regex Shape = new(@"\A(-?)([0-9]{1,60})(?:\.([0-9]{1,60}))?(?:[eE]([+-]?[0-9]{1,3}))?\z", RegexOptions.CultureInvariant);

    /// <summary>A number as JSON writes it, such as <c>5e-7</c>.</summary>
    public static decimal? Parse(string? text)
    {
        Match match = Shape.Match(text ?? "");
        if (!match.Success)
        {
            return null;
        }

        BigInteger digits = BigInteger.Parse(match.Groups[2].Value + match.Groups[3].Value);
        int exponent = match.Groups[4].Success ? int.Parse(match.Groups[4].Value) : 0;
        return Create(match.Groups[1].Length > 0 ? -digits : digits, match.Groups[3].Length - exponent);
    }

    public static decimal? Multiply(decimal price, long count)
    {
        int[] parts = decimal.GetBits(price);
        int scale = (parts[3] >> 16) & 0xFF;
        BigInteger digits = new(new decimal(parts[0], parts[1], parts[2], false, 0));
        return Create((price < 0 ? -digits : digits) * count, scale);
    }

    public static decimal? Add(decimal one, decimal other)
    {
        try
        {
            decimal sum = one + other;
            return sum - one == other && sum - other == one ? sum : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal? Create(BigInteger digits, int scale)
    {
        for (; scale < 0 && BigInteger.Abs(digits) <= Max; scale++)
        {
            digits *= 10;
        }

        while (scale > 0 && !digits.IsZero && digits % 10 == 0)
        {
            digits /= 10;
            scale--;
        }

        if (digits.IsZero)
        {
            return 0;
        }

        BigInteger size = BigInteger.Abs(digits);
        if (scale is < 0 or > MaxScale || size > Max)
        {
            return null;
        }

        int[] parts = decimal.GetBits((decimal)size);
        return new decimal(parts[0], parts[1], parts[2], digits.Sign < 0, (byte)scale);
    }
}
