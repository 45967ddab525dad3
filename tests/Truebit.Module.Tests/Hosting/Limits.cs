namespace Truebit.Module.Tests.Hosting;

/// <summary>How long tests wait at most; none of these times passes unless something is wrong.</summary>
internal static class Limits
{
    /// <summary>For something that is bound to happen, on a machine that is busy.</summary>
    public static TimeSpan Event { get; } = TimeSpan.FromSeconds(20);

    public static void Await(this ManualResetEventSlim happened) => Assert.True(happened.Wait(Event), "It did not happen.");

    public static void Await(this CountdownEvent happened) => Assert.True(happened.Wait(Event), "It did not happen.");

    /// <summary>For what tells nobody when it happens.</summary>
    public static void Await(Func<bool> isSo, string otherwise) => Assert.True(SpinWait.SpinUntil(isSo, Event), otherwise);
}
