namespace Truebit.Completion;

/// <summary>A suggested value and its tooltip.</summary>
/// <param name="Text">The value; it is quoted if it has to be.</param>
/// <param name="Tip">The tooltip; null for the value.</param>
/// <param name="IsCode">Whether the text is an expression, which is not quoted.</param>
internal readonly record struct Suggestion(string Text, string? Tip = null, bool IsCode = false);
