using System.Diagnostics;

namespace Truebit.Bench;

/// <summary>Rates by this process's processor time: what else runs on the machine does not count.</summary>
internal static class Processor
{
    /// <summary>How many of <paramref name="count"/> actions, run on all cores, one core does in a second.</summary>
    public static double RatePerSecond(int count, Action<int> action)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        Parallel.For(0, count, action);
        return count / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    }
}
