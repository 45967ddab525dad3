namespace Truebit.Completion;

/// <summary>A suggested value and its tooltip.</summary>
internal readonly record struct Suggestion(string Text, string? Tip = null);
