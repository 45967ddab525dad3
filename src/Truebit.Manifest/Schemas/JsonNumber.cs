using System.Globalization;
using System.Numerics;

namespace Truebit.Manifest.Schemas;

/// <summary>A JSON number of any size, compared digit for digit: digits times a power of ten, never a double.</summary>
internal readonly struct JsonNumber : IComparable<JsonNumber>
{
    private readonly BigInteger _digits;
    private readonly int _count;
    private readonly long _exponent;

    private JsonNumber(BigInteger digits, int count, long exponent)
    {
        _digits = digits;
        _count = count;
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
        if (digits.Length == 0)
        {
            return default;
        }

        BigInteger value = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return new JsonNumber(json[0] == '-' ? -value : value, digits.Length, exponent + written - digits.Length);
    }

    /// <summary>The number of a bound in the manifest.</summary>
    public static JsonNumber Of(decimal number) => Parse(number.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public int CompareTo(JsonNumber other)
    {
        if (_digits.Sign != other._digits.Sign || _digits.IsZero)
        {
            return _digits.Sign.CompareTo(other._digits.Sign);
        }

        int bySize = (_count + _exponent).CompareTo(other._count + other._exponent);
        if (bySize != 0)
        {
            return bySize * _digits.Sign;
        }

        // Of the same size, the exponents differ by no more than the digits do.
        long shift = _exponent - other._exponent;
        return shift >= 0
            ? (_digits * BigInteger.Pow(10, (int)shift)).CompareTo(other._digits)
            : _digits.CompareTo(other._digits * BigInteger.Pow(10, (int)-shift));
    }

    /// <summary>Whether this is a multiple of <paramref name="unit"/>, which is not zero.</summary>
    public bool IsMultipleOf(JsonNumber unit)
    {
        if (_digits.IsZero)
        {
            return true;
        }

        // Digits do not end in zero, so a number that reaches further right than the unit is none of its multiples.
        BigInteger divisor = BigInteger.Abs(unit._digits);
        return _exponent >= unit._exponent && (_digits * BigInteger.ModPow(10, _exponent - unit._exponent, divisor) % divisor).IsZero;
    }

    /// <summary>The number in one spelling, for comparing.</summary>
    public override string ToString() => $"{_digits.ToString(CultureInfo.InvariantCulture)}e{_exponent.ToString(CultureInfo.InvariantCulture)}";

    private static long Exponent(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long exponent) && Math.Abs(exponent) < int.MaxValue
            ? exponent
            : text[0] == '-' ? -int.MaxValue : int.MaxValue;
}
