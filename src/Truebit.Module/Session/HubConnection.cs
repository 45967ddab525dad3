using Truebit.Client;
using Truebit.Follow;
using Truebit.Pump;

namespace Truebit.Session;

/// <summary>A command's connection to a hub.</summary>
/// <param name="Endpoint">The hub's base address.</param>
/// <param name="Key">The API key; null if there is none and none is needed.</param>
/// <param name="Runner">Submits and polls, with the key.</param>
/// <param name="Submitted">The executions that this runspace has submitted.</param>
/// <param name="Pump">Runs executions on workers, and ends with the command.</param>
internal sealed record HubConnection(Uri Endpoint, SecretText? Key, TaskRunner Runner, SubmittedExecutions Submitted, ExecutionPump Pump)
{
    /// <summary>Gets an execution from the hub, and notes in the session if it has finished. Runs on a worker.</summary>
    public async Task<HubExecution> GetAsync(ExecutionRef wanted, bool untilFinished, TimeSpan timeout)
    {
        HubExecution execution = await Runner.GetAsync(wanted.Kind, wanted.Id, wanted.Secrets, untilFinished, timeout, Pump.Stopped).ConfigureAwait(false);
        if (execution.IsFinished)
        {
            Submitted.Finished(wanted.Id, execution.FinishedAt);
        }

        return execution;
    }
}
