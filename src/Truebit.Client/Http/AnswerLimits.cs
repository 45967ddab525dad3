namespace Truebit.Client;

/// <summary>How long answers may be, in bytes, before and after they are decompressed.</summary>
internal static class AnswerLimits
{
    /// <summary>An answer with an id and little else, or one with an error.</summary>
    public const int Short = 1024 * 1024;

    /// <summary>The limit in words, such as «256 MB».</summary>
    public static string InWords(int bytes) => bytes % (1024 * 1024) == 0 ? $"{bytes / (1024 * 1024)} MB" : $"{bytes} bytes";
}
