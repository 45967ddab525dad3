namespace Truebit.Client;

/// <summary>An Ethereum-style signature, as the hub prints it: v is 27 or 28, r and s are hex digits.</summary>
public sealed record HubSignature(string? V, string? R, string? S);
