using System.Diagnostics;

namespace Truebit.Client;

/// <summary>
/// Asks for a running execution until it is finished: soon at first, then ever less often, never many at once.
/// One poller serves all executions of a command.
/// </summary>
internal sealed class ExecutionPoller(HubClient hub, SecretText? apiKey)
{
    /// <summary>More polls at a time than this make no execution finish sooner.</summary>
    private const int MostAtOnce = 32;

    private readonly SemaphoreSlim _turn = new(MostAtOnce);
    private readonly HubTimings _timings = hub.Timings;

    /// <summary>Returns the finished execution; faults that pass are retried within the time-out.</summary>
    /// <param name="kind">Which family the id is of.</param>
    /// <param name="id">The execution's id.</param>
    /// <param name="isNew">It was accepted just now, so the hub may not know it everywhere yet.</param>
    /// <param name="once">A running execution is an answer too.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="cancel">Ends the wait; the execution goes on.</param>
    /// <exception cref="HubException">It was not finished in time, is not known, or cannot be read.</exception>
    public async Task<HubExecution> GetAsync(TaskKind kind, string id, bool isNew, bool once, TimeSpan timeout, CancellationToken cancel)
    {
        Stopwatch waited = Stopwatch.StartNew();
        TimeSpan pause = isNew ? _timings.FirstPoll : TimeSpan.Zero;
        HubException? lastFailure = null;
        int unreadable = 0;
        while (true)
        {
            TimeSpan left = timeout - waited.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                throw Late(id, timeout, lastFailure);
            }

            await Task.Delay(pause < left ? pause : left, cancel).ConfigureAwait(false);
            try
            {
                HubExecution execution = await AskAsync(kind, id, cancel).ConfigureAwait(false);
                if (execution.IsFinished || once)
                {
                    return execution;
                }

                lastFailure = null;
                unreadable = 0;
            }
            catch (HubException e) when (IsPassing(e, isNew && waited.Elapsed < _timings.NotFoundGrace, ref unreadable))
            {
                lastFailure = e;
            }

            pause = Longer(pause);
        }
    }

    private async Task<HubExecution> AskAsync(TaskKind kind, string id, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await hub.GetExecutionAsync(kind, id, apiKey, cancel).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool IsPassing(HubException e, bool mayNotBeKnownYet, ref int unreadable) => e.Code switch
    {
        HubErrorCode.HubUnreachable => true,
        HubErrorCode.ExecutionNotFound => mayNotBeKnownYet,
        HubErrorCode.InvalidResponse => (int?)e.StatusCode is 408 or 429 or >= 500 || ++unreadable < _timings.UnreadableAnswers,
        _ => false,
    };

    private TimeSpan Longer(TimeSpan pause)
    {
        TimeSpan next = TimeSpan.FromTicks(Math.Max(pause.Ticks * 3 / 2, _timings.FirstPoll.Ticks));
        return Jitter.Apply(next < _timings.LongestPoll ? next : _timings.LongestPoll);
    }

    private static HubException Late(string id, TimeSpan timeout, HubException? lastFailure)
    {
        string why = lastFailure is null ? "" : $" The last answer: {lastFailure.Message}";
        return new HubException(
            HubErrorCode.WaitTimeout,
            $"The execution '{id}' was not finished after {timeout.TotalSeconds:0.#} s. It goes on at the hub: ask again with Get-TruebitExecution -Wait.{why}")
        { ExecutionId = id };
    }
}
