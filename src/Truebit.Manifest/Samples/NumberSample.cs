using System.Globalization;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Samples;

/// <summary>Numbers that may fit: the smallest that are allowed, the largest, and small ones.</summary>
internal static class NumberSample
{
    /// <summary>Beyond, sums would leave what decimals hold.</summary>
    private const decimal Largest = 1_000_000_000_000_000_000;

    /// <summary>The numbers as JSON text, the likeliest first.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Schema> parts)
    {
        Bound[] low = [.. parts.SelectMany(static part => new[] { part.Minimum, part.ExclusiveMinimum }).Where(static bound => bound is not null)!];
        Bound[] high = [.. parts.SelectMany(static part => new[] { part.Maximum, part.ExclusiveMaximum }).Where(static bound => bound is not null)!];
        decimal step = Small(parts.Select(static part => part.MultipleOf)).Where(static multiple => multiple != 0).Select(Math.Abs).FirstOrDefault();
        step = step == 0 ? 1 : step;
        List<decimal> numbers = [];
        foreach (decimal bound in Small(low).OrderByDescending(static bound => bound).Take(1))
        {
            decimal next = Math.Ceiling(bound / step) * step;
            numbers.AddRange([next, next + step]);
        }

        decimal? max = Small(high).Select(static bound => (decimal?)bound).Min();
        if (low.Length == 0 && (max is null || max >= step))
        {
            numbers.Add(step);
        }

        if (max is decimal most)
        {
            decimal last = Math.Floor(most / step) * step;
            numbers.AddRange([last, last - step, .. Small(low).Select(least => (least + most) / 2)]);
        }

        return numbers.Select(static number => number.ToString("0.############################", CultureInfo.InvariantCulture))
            .Concat(low.Concat(high).Select(static bound => bound.Text))
            .Concat(["1", "0", "0.5"]);
    }

    private static IEnumerable<decimal> Small(IEnumerable<Bound?> bounds) =>
        bounds.Where(static bound => bound?.Small is decimal small && Math.Abs(small) < Largest).Select(static bound => bound!.Small!.Value);
}
