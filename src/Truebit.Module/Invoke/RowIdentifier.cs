using System.Collections;
using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Bulk;

/// <summary>Gives each row the identity by which another run knows it again.</summary>
internal sealed class RowIdentifier(string? keyColumn)
{
    private readonly Dictionary<RowIdentity, int> _seen = [];

    /// <summary>The row's key; null where no column is named for it.</summary>
    /// <exception cref="FieldException">It is missing.</exception>
    public string? KeyOf(PSObject? row) =>
        keyColumn is null ? null
        : PSJson.Text(Cell(row, keyColumn)) is { Length: > 0 } key ? key
        : throw new FieldException(keyColumn, "it is the key of -Key, and is missing or empty in this row");

    /// <summary>The row's identity: its key's, or its request's and its place among identical ones.</summary>
    /// <exception cref="FieldException">The key belongs to an earlier row.</exception>
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
            : throw new FieldException(keyColumn!, $"'{key}' is the key of an earlier row, too");
    }

    private int Count(RowIdentity identity)
    {
        _seen.TryGetValue(identity, out int count);
        return _seen[identity] = count + 1;
    }

    private static object? Cell(PSObject? row, string column) =>
        row?.BaseObject is IDictionary dictionary ? dictionary[column] : row?.Properties[column]?.Value;
}
