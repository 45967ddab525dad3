using System.Globalization;

namespace Truebit.Rows;

/// <summary>Names of columns as people type them: what cannot be seen around a name, its parts or its type is not part of it.</summary>
internal static class ColumnName
{
    /// <summary>The name without blanks and invisible characters around its parts.</summary>
    public static string Clean(string name)
    {
        string[] parts = name.Split('.');
        if (parts.Length == 1 && name.IndexOf(':') < 0)
        {
            return Trim(name);
        }

        int colon = parts[parts.Length - 1].LastIndexOf(':');
        if (colon >= 0)
        {
            string last = parts[parts.Length - 1];
            parts[parts.Length - 1] = $"{Trim(last.Substring(0, colon))}:{Trim(last.Substring(colon + 1))}";
        }

        return string.Join(".", parts.Select(Trim));
    }

    private static string Trim(string text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsInvisible(text[start]))
        {
            start++;
        }

        while (end > start && IsInvisible(text[end - 1]))
        {
            end--;
        }

        return text.Substring(start, end - start);
    }

    private static bool IsInvisible(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
