using System.Collections;
using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Bulk;

/// <summary>Gives each row the identity by which another run knows it again.</summary>
internal sealed class RowIdentifier(string? keyColumn)
{
    private readonly Dictionary<RowIdentity, int> _seen = [];

    /// <summary>The row's identity, and its key where a column is named for it.</summary>
    /// <exception cref="FieldException">The key is missing, or belongs to an earlier row.</exception>
    public (RowIdentity Identity, string? Key) Identify(BoundRow row)
    {
        if (keyColumn is null)
        {
            RowIdentity alike = RowIdentity.OfRequest(row.Request);
            return (alike.Occurrence(Count(alike)), null);
        }

        string key = PSJson.Text(Cell(row.Row, keyColumn)) is { Length: > 0 } text
            ? text
            : throw new FieldException(keyColumn, "it is the key of -Key, and is missing or empty in this row");
        RowIdentity identity = RowIdentity.OfKey(key);
        return Count(identity) == 1
            ? (identity, key)
            : throw new FieldException(keyColumn, $"'{key}' is the key of an earlier row, too");
    }

    private int Count(RowIdentity identity)
    {
        _seen.TryGetValue(identity, out int count);
        return _seen[identity] = count + 1;
    }

    private static object? Cell(PSObject? row, string column) =>
        row?.BaseObject is IDictionary dictionary ? dictionary[column] : row?.Properties[column]?.Value;
}
