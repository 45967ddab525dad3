using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>The formats of strings that can be decided; any other is a note to people, and lets all texts pass.</summary>
internal static class Formats
{
    // RFC 3339, 5.6
    private static readonly Regex DateTime = new(
        @"\A([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z", RegexOptions.CultureInvariant);

    private static readonly Regex Uuid = new(@"\A[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z", RegexOptions.CultureInvariant);
    private static readonly Regex Email = new(@"\A[^@\s]+@[^@\s]+\z", RegexOptions.CultureInvariant);
    private static readonly Regex Uri = new(@"\A[A-Za-z][A-Za-z0-9+.-]*:[^\s<>""{}|\\^`]*\z", RegexOptions.CultureInvariant);
    private static readonly Regex Base64 = new(@"\A([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\z", RegexOptions.CultureInvariant);
    private static readonly Regex IPv4 = new(@"\A((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(?!\z)|\z)){4}\z", RegexOptions.CultureInvariant);

    private static readonly (Bound Min, Bound Max) Int32 = (new("-2147483648"), new("2147483647"));
    private static readonly (Bound Min, Bound Max) Int64 = (new("-9223372036854775808"), new("9223372036854775807"));

    private static readonly Dictionary<string, (string Expected, Func<string, bool> Fits)> Known = new(StringComparer.Ordinal)
    {
        ["date"] = ("a date such as 2077-08-24", IsDate),
        ["date-time"] = ("a date-time such as 2077-08-24T14:15:22Z", static text => DateTime.Match(text) is { Success: true } match && IsDate(match.Groups[1].Value)),
        ["uuid"] = ("a UUID", Uuid.IsMatch),
        ["email"] = ("an e-mail address", Email.IsMatch),
        ["uri"] = ("a URI", Uri.IsMatch),
        ["byte"] = ("Base64", Base64.IsMatch),
        ["ipv4"] = ("an IPv4 address", IPv4.IsMatch),
        ["ipv6"] = ("an IPv6 address", static text => IPAddress.TryParse(text, out IPAddress? address)
            && address.AddressFamily == AddressFamily.InterNetworkV6 && text.IndexOfAny(['%', '[', '/']) < 0),
    };

    /// <summary>What is expected where <paramref name="text"/> is not of the format; null where it is, or where the format is not known.</summary>
    public static string? Check(string format, string text) =>
        Known.TryGetValue(format, out (string Expected, Func<string, bool> Fits) known) && !known.Fits(text) ? known.Expected : null;

    /// <summary>The range of a format of numbers; null for the others.</summary>
    public static (Bound Min, Bound Max)? Range(string? format) => format switch
    {
        "int32" => Int32,
        "int64" => Int64,
        _ => null,
    };

    private static bool IsDate(string text) =>
        System.DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
