using Truebit.Client;

namespace Truebit;

/// <summary>A command's connection to a hub.</summary>
/// <param name="Endpoint">The hub's base address.</param>
/// <param name="Key">The key that goes along; null where none was found and none is needed.</param>
/// <param name="Runner">Submits and asks, with the key.</param>
/// <param name="Submitted">What this runspace has submitted.</param>
internal sealed record HubConnection(Uri Endpoint, SecretText? Key, TaskRunner Runner, SubmittedExecutions Submitted);
