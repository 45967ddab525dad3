using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>What -Manifest names or is: the file to read, or the manifest's text or bytes.</summary>
internal readonly struct ManifestContent
{
    /// <summary>The file.</summary>
    public string? Path { get; private init; }

    /// <summary>The manifest, where it was given as text.</summary>
    public string? Text { get; private init; }

    /// <summary>The manifest, where it was given as bytes or as an object.</summary>
    public byte[]? Bytes { get; private init; }

    /// <summary>Tells what was given.</summary>
    /// <param name="manifest">A path, a file, the manifest's text, its lines, its bytes, or an object.</param>
    /// <param name="resolve">Makes a path of PowerShell one of the file system.</param>
    /// <param name="warn">Called with a warning where the object is not what its JSON was.</param>
    /// <exception cref="ErrorException">It is nothing of these.</exception>
    public static ManifestContent Of(object manifest, Func<string, string> resolve, Action<string> warn)
    {
        switch (PSJson.Unwrap(manifest))
        {
            case FileInfo file:
                return new() { Path = file.FullName };
            case string text:
                return IsPath(text) ? new() { Path = resolve(text) } : new() { Text = text };
            case byte[] bytes:
                return new() { Bytes = bytes };
            case PSObject or IDictionary or JsonElement:
                WarnOfLoss(manifest, warn);
                return new() { Bytes = PSJson.ToUtf8(manifest, "Manifest") };
            case IEnumerable items when Parts(items) is ManifestContent content:
                return content;
            case IEnumerable items when items.Cast<object?>().ToArray() is [object only]:
                return Of(only, resolve, warn);
            default:
                throw new ErrorException(
                    "InvalidManifest", ErrorCategory.InvalidData,
                    "-Manifest must be a path, a file, or the manifest itself (text, lines, bytes or an object).");
        }
    }

    /// <summary>A text of one line that does not begin as JSON does is a path.</summary>
    private static bool IsPath(string text) => text.IndexOf('\n') < 0 && text.IndexOf('\r') < 0 && !text.TrimStart().StartsWith("{", StringComparison.Ordinal);

    /// <summary>Lines or single bytes; null where there are others, or fewer than two.</summary>
    private static ManifestContent? Parts(IEnumerable items)
    {
        object?[] parts = [.. items.Cast<object?>().Select(PSJson.Unwrap)];
        return parts.Length < 2 ? null
            : parts.All(static part => part is string) ? new() { Text = string.Join("\n", parts) }
            : parts.All(static part => part is byte) ? new() { Bytes = [.. parts.Cast<byte>()] }
            : null;
    }

    private static void WarnOfLoss(object manifest, Action<string> warn)
    {
        // The second is what -AsHashtable makes since PowerShell 7.3.
        if (PSJson.Unwrap(manifest) is PSObject || PSJson.Unwrap(manifest)!.GetType().Name == "OrderedHashtable")
        {
            warn("The manifest came as an object, in which ConvertFrom-Json may have changed long numbers and dates."
                + " To keep them, give its path or its text (Get-Content -Raw).");
        }
    }
}
