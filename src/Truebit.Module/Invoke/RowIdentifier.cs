using System.Security.Cryptography;
using System.Text;
using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>Identifies each row across runs. Pipeline thread only.</summary>
internal sealed class RowIdentifier(string? keyColumn)
{
    private readonly Dictionary<RowIdentity, (int Count, string? Headers)> _seen = [];
    private readonly Dictionary<RowIdentity, int?> _keys = [];

    /// <summary>The row's value in the column of -Key; null without -Key.</summary>
    /// <exception cref="FieldException">The column is missing or empty.</exception>
    public string? GetKey(RowCells row)
    {
        if (keyColumn is null)
        {
            return null;
        }

        int? column = row.Shape.Find(keyColumn);
        return column is int index && PSJson.Text(row.Cells[index]) is string key && !string.IsNullOrWhiteSpace(key)
            ? key
            : throw new FieldException("Key", $"this row has no value in '{keyColumn}', the column named by -Key") { IsOfColumns = column is null && row.Row is not null };
    }

    /// <summary>The row's identity: by its key, or else by its request and its place among identical ones.</summary>
    /// <param name="request">What the row asks for.</param>
    /// <param name="key">Its key; null without -Key.</param>
    /// <param name="number">Its place in the input.</param>
    /// <exception cref="FieldException">An earlier row has the same key, or differs in what does not identify rows.</exception>
    public RowIdentity Identify(TaskRequest request, string? key, int? number)
    {
        if (key is null)
        {
            RowIdentity alike = RowIdentity.OfRequest(request);
            string? headers = HashHeaders(request);
            if (_seen.TryGetValue(alike, out (int Count, string? Headers) earlier) && earlier.Headers != headers)
            {
                throw new FieldException("Headers", "an earlier row differs from this one only in the values of headers, which do not identify rows; give -Key with a column that does");
            }

            return alike.Occurrence(Count(alike, headers));
        }

        RowIdentity identity = RowIdentity.OfKey(key);
        if (_keys.TryGetValue(identity, out int? earlierRow))
        {
            throw new FieldException(keyColumn!, $"row {earlierRow} already uses the key '{key}'; give each row a key of its own");
        }

        _keys.Add(identity, number);
        return identity;
    }

    private int Count(RowIdentity identity, string? headers)
    {
        _seen.TryGetValue(identity, out (int Count, string? Headers) seen);
        _seen[identity] = (seen.Count + 1, headers);
        return seen.Count + 1;
    }

    /// <summary>A hash of the headers' values: secrets are not kept.</summary>
    private static string? HashHeaders(TaskRequest request)
    {
        if (request.Secrets is not { Count: > 0 } values)
        {
            return null;
        }

        using SHA256 sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", values.Select(static value => value.Reveal())))));
    }
}
