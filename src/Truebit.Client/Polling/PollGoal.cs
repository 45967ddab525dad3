namespace Truebit.Client;

/// <summary>What polls are to reach, and what is said when they do not.</summary>
/// <param name="Id">What is asked for by.</param>
/// <param name="Missed">How the error begins; the time follows.</param>
/// <param name="Advice">How it goes on.</param>
internal sealed record PollGoal(string Id, string Missed, string Advice)
{
    /// <summary>The end of an execution.</summary>
    public static PollGoal Finished(string id) =>
        new(id, $"The execution '{id}' was not finished after", "It goes on at the hub: ask again with Get-TruebitExecution -Wait.");

    /// <summary>A transcript or an invoice.</summary>
    public static PollGoal Available(DocumentQuery query) => new(query.Id, $"The {query.Name} was not there, or not complete, after", "Ask for it again later.");
}
