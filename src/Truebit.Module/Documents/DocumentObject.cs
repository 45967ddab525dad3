using System.Management.Automation;
using System.Text;

namespace Truebit.Documents;

/// <summary>Gets the JSON of a pipeline object.</summary>
internal static class DocumentObject
{
    /// <summary>The JSON in UTF-8. Text must start like a JSON object; the proof checks the rest.</summary>
    /// <exception cref="FieldException">It cannot be a transcript or an invoice.</exception>
    public static byte[] Read(PSObject? given)
    {
        object? bare = given?.BaseObject;
        string json = bare switch
        {
            null => throw Wrong("the object is null"),
            string text when text.TrimStart(' ', '\t', '\r', '\n', '\uFEFF').StartsWith("{", StringComparison.Ordinal) => text,
            string => throw Wrong("the text is not a JSON object. For a file use -Path, or read it with Get-Content -Raw"),
            TruebitExecution => throw Wrong("executions are not signed; pipe it through Get-TruebitTranscript or Get-TruebitInvoice"),
            _ => given!.Properties["RawJson"]?.Value as string
                ?? throw Wrong($"a {bare.GetType().Name} is neither JSON text nor an object with a RawJson property. Parsed JSON cannot be proved, because parsing loses the exact bytes that were signed"),
        };
        return Encoding.UTF8.GetBytes(json);
    }

    private static FieldException Wrong(string reason) => new("InputObject", reason);
}
