using Truebit.Journals;

namespace Truebit.Reports;

/// <summary>A bar of a chart.</summary>
/// <param name="From">Where it begins, as the axis says it.</param>
/// <param name="Range">What it covers, in words.</param>
/// <param name="Parts">How many there are of each kind, from the bottom up.</param>
internal sealed record ChartBar(string From, string Range, IReadOnlyList<(RowEnd End, int Count)> Parts)
{
    public int Total => Parts.Sum(static part => part.Count);
}
