namespace Truebit.Client;

/// <summary>Receives what a user may want to know while waiting. Called from any thread.</summary>
public interface IHubLog
{
    /// <summary>Something the user should see.</summary>
    void Warning(string message);

    /// <summary>Something the user sees with <c>-Verbose</c>.</summary>
    void Verbose(string message);
}
