using System.Globalization;
using System.Numerics;

namespace Truebit.Manifest.Schemas;

/// <summary>A JSON number of any size, compared digit for digit: digits times a power of ten, never a double.</summary>
internal readonly struct JsonNumber : IComparable<JsonNumber>
{
    private readonly string? _digits;
    private readonly int _sign;
    private readonly long _exponent;

    private JsonNumber(string digits, int sign, long exponent)
    {
        _digits = digits;
        _sign = sign;
        _exponent = exponent;
    }

    /// <summary>Reads a number as JSON writes it.</summary>
    public static JsonNumber Parse(string json)
    {
        int e = json.IndexOfAny(['e', 'E']);
        string mantissa = e < 0 ? json : json.Substring(0, e);
        long exponent = e < 0 ? 0 : Exponent(json.Substring(e + 1));
        int point = mantissa.IndexOf('.');
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        string digits = mantissa.TrimStart('-').TrimStart('0');
        int written = digits.Length;
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? default : new JsonNumber(digits, json[0] == '-' ? -1 : 1, exponent + written - digits.Length);
    }

    /// <summary>Whether nothing but zeros stands behind the point.</summary>
    public bool IsInteger => _exponent >= 0;

    /// <summary>How many digits are not zeros around the number.</summary>
    public int Length => _digits?.Length ?? 0;

    /// <inheritdoc/>
    public int CompareTo(JsonNumber other)
    {
        if (_sign != other._sign || _sign == 0)
        {
            return _sign.CompareTo(other._sign);
        }

        // Neither begins nor ends with a zero: of the same size, they are in the order of their digits.
        int bySize = (Length + _exponent).CompareTo(other.Length + other._exponent);
        return _sign * (bySize != 0 ? bySize : string.CompareOrdinal(_digits, other._digits));
    }

    /// <summary>Whether this is a multiple of <paramref name="unit"/>, which is not zero. Takes a time in proportion to the square of the digits.</summary>
    public bool IsMultipleOf(JsonNumber unit)
    {
        // Digits do not end in zero, so a number that reaches further right than the unit is none of its multiples.
        if (_sign == 0 || _exponent < unit._exponent)
        {
            return _sign == 0;
        }

        BigInteger divisor = Number(unit._digits!);
        return (Number(_digits!) * BigInteger.ModPow(10, _exponent - unit._exponent, divisor) % divisor).IsZero;
    }

    /// <summary>The number in one spelling, for comparing.</summary>
    public override string ToString() => $"{(_sign < 0 ? "-" : "")}{_digits ?? "0"}e{_exponent.ToString(CultureInfo.InvariantCulture)}";

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static long Exponent(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long exponent) && Math.Abs(exponent) < int.MaxValue
            ? exponent
            : text[0] == '-' ? -int.MaxValue : int.MaxValue;
}
