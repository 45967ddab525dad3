namespace Truebit;

/// <summary>Counts in words, for summaries and the progress.</summary>
internal static class CountedWords
{
    /// <summary>Such as «3 Success, 1 refused»: what there is none of is left out.</summary>
    public static string Join(params (int Count, string Word)[] parts) =>
        string.Join(", ", parts.Where(static part => part.Count > 0).Select(static part => $"{part.Count} {part.Word}"));
}
