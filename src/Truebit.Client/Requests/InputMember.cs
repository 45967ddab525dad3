namespace Truebit.Client;

/// <summary>A member of the hub's <c>input</c>: its name and its value as JSON text, which is sent digit for digit.</summary>
public readonly record struct InputMember(string Name, ReadOnlyMemory<byte> Json);
