namespace Truebit.Client;

/// <summary>Asks a hub, at no cost, whether it can be reached and what it says to a key.</summary>
/// <param name="hub">The hub.</param>
public sealed class HubProbe(HubClient hub)
{
    /// <summary>An id that no hub gives: the UUID of zeros.</summary>
    public const string Id = "00000000-0000-0000-0000-000000000000";

    /// <summary>Asks once for the status of an execution that cannot exist. Nothing is tried again.</summary>
    /// <param name="apiKey">The key that goes with the question; null for none.</param>
    /// <param name="timeout">How long the answer is awaited.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The failure that every answer must be: <see cref="HubErrorCode.ExecutionNotFound"/> is what a hub says.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task<HubException> AskAsync(SecretText? apiKey, TimeSpan timeout, CancellationToken stop)
    {
        string? key = apiKey?.Reveal();
        HubQuery query = new(key, new TextGate(key), new PauseGate(hub.Timings, hub.Timings.MaxQueryPause), new Silence());
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timeout);
        try
        {
            await hub.GetExecutionAsync(TaskKind.Api, Id, query, limit.Token).ConfigureAwait(false);
            return new HubException(HubErrorCode.InvalidResponse, $"{hub.Endpoint.Authority} answered with an execution for a made-up id, so it is not a Truebit hub. Check -Endpoint.");
        }
        catch (HubException e)
        {
            return e;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new HubException(HubErrorCode.HubUnreachable, $"{hub.Endpoint.Authority} did not answer: no answer within {timeout.TotalSeconds:0.#} s.");
        }
    }

    /// <summary>A pause that the hub asks for is in its answer, and nothing waits for its end.</summary>
    private sealed class Silence : IHubLog
    {
        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
        }
    }
}
