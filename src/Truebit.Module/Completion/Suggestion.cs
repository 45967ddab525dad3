namespace Truebit.Completion;

/// <summary>A value that a parameter may have, and what to say of it.</summary>
internal readonly record struct Suggestion(string Text, string? Tip = null);
