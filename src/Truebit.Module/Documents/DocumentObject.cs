using System.Management.Automation;
using System.Text;

namespace Truebit.Documents;

/// <summary>Takes the JSON out of what came down the pipeline.</summary>
internal static class DocumentObject
{
    /// <summary>The JSON in UTF-8. Text must begin as a JSON object does; whether it is one, the proof says.</summary>
    /// <exception cref="FieldException">It is nothing that could be a transcript or an invoice.</exception>
    public static byte[] Read(PSObject? given)
    {
        object? bare = given?.BaseObject;
        string json = bare switch
        {
            null => throw Wrong("it is null"),
            string text when text.TrimStart(' ', '\t', '\r', '\n', '\uFEFF').StartsWith("{", StringComparison.Ordinal) => text,
            string => throw Wrong("the text is not a JSON object. Files go to -Path; read with Get-Content, they need -Raw"),
            TruebitExecution => throw Wrong("an execution is signed by nobody; pipe it through Get-TruebitTranscript or Get-TruebitInvoice"),
            _ => given!.Properties["RawJson"]?.Value as string
                ?? throw Wrong($"a {bare.GetType().Name} is neither JSON text nor has it a RawJson. What was parsed cannot be proved: the digits that were signed are gone"),
        };
        return Encoding.UTF8.GetBytes(json);
    }

    private static FieldException Wrong(string reason) => new("InputObject", reason);
}
