namespace Truebit.Json;

/// <summary>A checked number, as the text to send.</summary>
internal sealed record RawJson(string Text);
