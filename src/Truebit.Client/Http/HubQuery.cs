namespace Truebit.Client;

/// <summary>What the GETs of a command share.</summary>
/// <param name="ApiKey">The caller's key; null where there is none.</param>
/// <param name="Texts">Takes secrets out of what the hub says.</param>
/// <param name="Pause">Holds the command's GETs back; another command tries for itself.</param>
/// <param name="Log">Is told of pauses.</param>
internal sealed record HubQuery(string? ApiKey, TextGate Texts, PauseGate Pause, IHubLog Log);
