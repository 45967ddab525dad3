using System.Globalization;

namespace Truebit.Client;

/// <summary>
/// A stable part of the rows: i of N. Each row is in exactly one of N shards, whatever the process, the machine or the order
/// of the rows, because its identity says in which.
/// </summary>
public sealed class Shard
{
    private Shard(int number, int count)
    {
        Number = number;
        Count = count;
    }

    /// <summary>Which part, from 1 to <see cref="Count"/>.</summary>
    public int Number { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Reads i/N; PowerShell calls it for a parameter of this type.</summary>
    /// <exception cref="FormatException">It is not i/N with 1 ≤ i ≤ N.</exception>
    public static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && number >= 1 && number <= count
            ? new Shard(number, count)
            : throw new FormatException($"'{text}' is not a shard. Give i/N, such as 2/8, with i from 1 to N.");
    }

    /// <summary>Whether the row is in this part.</summary>
    public bool Has(RowIdentity row) => row.Part(Count) == Number - 1;

    /// <summary>Whether this part reports the n-th row (from 1) when that row cannot be identified.</summary>
    public bool HasPlace(int n) => (n - 1) % Count == Number - 1;

    /// <summary>i/N.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}/{1}", Number, Count);
}
