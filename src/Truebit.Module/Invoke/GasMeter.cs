using System.Globalization;

namespace Truebit.Invoke;

/// <summary>
/// Estimates what executions of API tasks cost: the bytes that the hub has counted, times a price. The hub states neither the rule nor what its
/// gas is worth (truebit-api.md 9). Pipeline thread only.
/// </summary>
/// <param name="price">The price of a byte, in the hub's gas.</param>
/// <param name="isMadeUp">Whether the hub is a sandbox, whose price is made up.</param>
/// <param name="max">Nothing more is sent once this much is used up; null for no limit.</param>
/// <param name="earlierBytes">What executions of earlier runs have transferred, where they count.</param>
internal sealed class GasMeter(decimal price, bool isMadeUp, decimal? max, long earlierBytes)
{
    private long _bytes;

    /// <summary>The price of a byte, in the hub's gas.</summary>
    public decimal Price => price;

    /// <summary>The price in words.</summary>
    public string PriceText => isMadeUp ? $"a sandbox's made-up {Text(price)} a byte" : $"{Text(price)} a byte";

    /// <summary>What this run has used.</summary>
    public decimal Used => price * _bytes;

    /// <summary>Why nothing more is sent; null if that is not so.</summary>
    public string? WhyReached
    {
        get
        {
            long bytes = earlierBytes + _bytes;
            decimal all = price * bytes;
            return max is decimal limit && all >= limit
                ? string.Format(
                    CultureInfo.CurrentCulture,
                    "-MaxGas {0} was reached: {1:n0} bytes{2}, at {3}, are an estimated {4} of the hub's gas",
                    Text(limit),
                    bytes,
                    earlierBytes > 0 ? ", those of earlier runs included" : "",
                    PriceText,
                    Text(all))
                : null;
        }
    }

    /// <summary>What this run has used, in words.</summary>
    public override string ToString() => $"an estimated {Text(Used)} of the hub's gas at {PriceText}";

    /// <summary>Counts the bytes of an execution. One that has not ended has none yet.</summary>
    public void Count(TruebitExecution execution) => _bytes += execution.TransferredBytes ?? 0;

    /// <summary>A number of gas in digits, without zeros at its end.</summary>
    private static string Text(decimal gas) => gas.ToString("0.############################", CultureInfo.CurrentCulture);
}
