namespace Truebit.Invoke;

/// <summary>Counts the executions of a run that have no result yet, for whoever ends it early. Workers write it.</summary>
internal sealed class InFlight
{
    private int _sent;
    private int _accepted;

    /// <summary>Requests on the wire.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>Executions that the hub has accepted, and that are awaited, or were for as long as -Timeout says.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public void AddSent(int change) => Interlocked.Add(ref _sent, change);

    public void AddAccepted(int change) => Interlocked.Add(ref _accepted, change);
}
