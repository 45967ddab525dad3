namespace Truebit.Client;

/// <summary>A header for the target API. Its value is treated as a secret, whatever its name.</summary>
public sealed record RequestHeader(string Name, SecretText Value);
