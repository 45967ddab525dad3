namespace Truebit.Json;

/// <summary>A number that was checked to be one, as the text that is to be sent.</summary>
internal sealed record RawJson(string Text);
