using System.Globalization;
using Truebit.Journals;

namespace Truebit.Reports;

/// <summary>How a report says ends of rows, numbers and times.</summary>
internal static class ReportWords
{
    /// <summary>One or two words.</summary>
    public static string Short(RowEnd end) => end switch
    {
        RowEnd.Unknown => "Outcome unknown",
        RowEnd.Running => "Accepted, end not recorded",
        RowEnd.Refused => "Not executed",
        _ => end.ToString(),
    };

    /// <summary>What it means for whoever ordered the run.</summary>
    public static string Meaning(RowEnd end) => end switch
    {
        RowEnd.Success => "The target gave its answer. Charged.",
        RowEnd.Error => "The execution ran, and ended with an error. Charged.",
        RowEnd.Indeterminate => "The execution ran, and the hub does not say that it went well or failed. Charged.",
        RowEnd.Unknown => "The answer was lost after the request had left: the row may have been executed and charged. It is not sent again until somebody settles it.",
        RowEnd.Running => "The hub has accepted the row, and it is charged. The journal does not tell its end: it may still be running.",
        _ => "The row did not reach an execution, so it was not charged. The next run sends it again.",
    };

    /// <summary>A command that lists the rows that ended so.</summary>
    public static string Command(RowEnd end, IEnumerable<string> journals)
    {
        string read = $"Get-TruebitJournal {string.Join(", ", journals.Select(Quoted))}";
        return end switch
        {
            RowEnd.Unknown => $"{read} | Where-Object IsUnknown",
            RowEnd.Running => $"{read} -State Accepted",
            RowEnd.Refused => $"{read} -State Refused",
            RowEnd.Indeterminate => $"{read} -State Finished | Where-Object Status -NotIn Success, Error",
            _ => $"{read} | Where-Object Status -EQ {end}",
        };
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The hub's gas, digit for digit; «unknown» where it is.</summary>
    public static string Gas(decimal? gas) => gas?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "unknown";

    /// <summary>The number, and rounded in a larger unit.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["KB", "MB", "GB", "TB"];
        double size = bytes;
        int unit = -1;
        while (size >= 1000 && unit < units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        string exact = $"{Number(bytes)} bytes";
        return unit < 0 ? exact : $"{size.ToString("0.0", CultureInfo.InvariantCulture)} {units[unit]} ({exact})";
    }

    /// <summary>A time to the second (UTC), as HTML that is not broken into lines.</summary>
    public static string Time(DateTime time) => $"<time>{time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}</time>";

    /// <summary>Seconds, in the unit that fits.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        0 => "0 s",
        < 0.01 => FormattableString.Invariant($"{seconds * 1000:0.#} ms"),
        < 1 => FormattableString.Invariant($"{seconds * 1000:0} ms"),
        < 10 => FormattableString.Invariant($"{seconds:0.##} s"),
        < 120 => FormattableString.Invariant($"{seconds:0.#} s"),
        < 7200 => FormattableString.Invariant($"{seconds / 60:0.#} min"),
        < 172800 => FormattableString.Invariant($"{seconds / 3600:0.#} h"),
        _ => FormattableString.Invariant($"{seconds / 86400:0.#} days"),
    };

    private static string Quoted(string file) =>
        file.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') ? file : $"'{file.Replace("'", "''")}'";
}
