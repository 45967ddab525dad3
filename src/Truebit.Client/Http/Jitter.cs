namespace Truebit.Client;

/// <summary>Spreads waits that would otherwise end together.</summary>
internal static class Jitter
{
    [ThreadStatic]
    private static Random? _random;

    /// <summary><paramref name="wait"/>, longer or shorter by up to <paramref name="part"/> of it.</summary>
    public static TimeSpan Apply(TimeSpan wait, double part)
    {
        _random ??= new Random(Guid.NewGuid().GetHashCode());
        return TimeSpan.FromTicks((long)(wait.Ticks * (1 - part + (2 * part * _random.NextDouble()))));
    }
}
