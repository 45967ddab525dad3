using System.Collections;
using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Invoke;

/// <summary>Identifies each row across runs. Pipeline thread only.</summary>
internal sealed class RowIdentifier(string? keyColumn)
{
    private readonly Dictionary<RowIdentity, int> _seen = [];

    /// <summary>The row's value in the column of -Key; null without -Key.</summary>
    /// <exception cref="FieldException">The column is missing or empty.</exception>
    public string? GetKey(PSObject? row) =>
        keyColumn is null ? null
        : PSJson.Text(Cell(row, keyColumn)) is { Length: > 0 } key ? key
        : throw new FieldException("Key", $"this row has no value in '{keyColumn}', the column named by -Key");

    /// <summary>The row's identity: by its key, or else by its request and its place among identical ones.</summary>
    /// <exception cref="FieldException">An earlier row has the same key.</exception>
    public RowIdentity Identify(TaskRequest request, string? key)
    {
        if (key is null)
        {
            RowIdentity alike = RowIdentity.OfRequest(request);
            return alike.Occurrence(Count(alike));
        }

        RowIdentity identity = RowIdentity.OfKey(key);
        return Count(identity) == 1
            ? identity
            : throw new FieldException(keyColumn!, $"another row already uses the key '{key}'");
    }

    private int Count(RowIdentity identity)
    {
        _seen.TryGetValue(identity, out int count);
        return _seen[identity] = count + 1;
    }

    private static object? Cell(PSObject? row, string column) =>
        row?.BaseObject is IDictionary dictionary ? dictionary[column] : row?.Properties[column]?.Value;
}
