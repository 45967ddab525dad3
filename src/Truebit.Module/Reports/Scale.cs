namespace Truebit.Reports;

/// <summary>Divides axes at numbers that people would choose.</summary>
internal static class Scale
{
    private static readonly double[] Seconds =
    [
        0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800,
        2419200, 31536000,
    ];

    /// <summary>The width of a part of a range of times, such as 15 seconds.</summary>
    public static TimeSpan Step(TimeSpan range, int maxParts)
    {
        double step = Array.Find(Seconds, step => range.TotalSeconds / step <= maxParts);
        return TimeSpan.FromSeconds(step > 0 ? step : range.TotalSeconds / maxParts);
    }

    /// <summary>The width of a part of a range of numbers: 1, 2 or 5 with zeros.</summary>
    public static double Step(double range, int maxParts)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(range, 1e-3) / maxParts)));
        return new[] { 1, 2, 5, 10 }.Select(digit => digit * power).First(step => range / step <= maxParts * 1.000001);
    }

    /// <inheritdoc cref="Step(double, int)"/>
    public static int Step(int range, int maxParts) => Math.Max(1, (int)Math.Round(Step((double)range, maxParts)));
}
