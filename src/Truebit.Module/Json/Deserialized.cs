using System.Management.Automation;
using System.Numerics;

namespace Truebit.Json;

/// <summary>
/// Values that come from a job, another machine or Import-Clixml. PowerShell makes property bags and plain numbers of them, which would
/// pass for what they were.
/// </summary>
internal static class Deserialized
{
    private const string Prefix = "Deserialized.";

    private static readonly HashSet<string> OwnMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSComputerName", "RunspaceId", "PSShowComputerName", "PSSourceJobInstanceId",
    };

    /// <summary>Whether PowerShell adds this member to objects of jobs and remote sessions; it differs from run to run.</summary>
    public static bool IsOwnMember(string name) => OwnMembers.Contains(name);

    /// <summary>The value without its PSObject, as it was before it was serialized.</summary>
    /// <exception cref="FieldException">What it was has no plain JSON form.</exception>
    public static object? Restore(object? value, string field)
    {
        object? bare = PSJson.Unwrap(value);
        if (value is not PSObject wrapped || wrapped.TypeNames.Count == 0 || !wrapped.TypeNames[0].StartsWith(Prefix, StringComparison.Ordinal))
        {
            return bare;
        }

        string type = wrapped.TypeNames[0].Substring(Prefix.Length);
        if (wrapped.TypeNames.Contains(Prefix + "System.Enum"))
        {
            return wrapped.ToString();
        }

        if (bare is not PSObject || type == "System.Management.Automation.PSCustomObject" || type.StartsWith("Selected.", StringComparison.Ordinal))
        {
            return bare;
        }

        return type == typeof(BigInteger).FullName && BigInteger.TryParse(wrapped.ToString(), out BigInteger number)
            ? number
            : throw new FieldException(field, $"a {type} that came from a job or a file has no plain JSON form; select its properties, or convert it to text");
    }
}
