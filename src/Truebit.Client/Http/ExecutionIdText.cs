using System.Globalization;

namespace Truebit.Client;

/// <summary>
/// What can be an execution's id. Its form is not documented (truebit-api.md 2.3): it becomes a part of addresses, file names, journals
/// and messages, so what would change one of these is none.
/// </summary>
internal static class ExecutionIdText
{
    /// <summary>Far longer than any id that was seen.</summary>
    private const int MaxLength = 256;

    /// <summary>Whether it can be an id: not blank, not a part of a path that has a meaning, printable, and of a sensible length.</summary>
    public static bool IsUsable(string? id) =>
        !string.IsNullOrWhiteSpace(id) && id is not ("." or "..") && id!.Length <= MaxLength && !id.Any(IsUnprintable);

    /// <summary>Whether two ids are of one execution: hubs write the same id in both cases.</summary>
    public static bool AreSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsUnprintable(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
