using System.Security.Cryptography;
using System.Text;
using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>Identifies each row across runs. Pipeline thread only.</summary>
internal sealed class RowIdentifier(string? keyColumn)
{
    /// <summary>How many rows have come that are alike; with -Key, the number of the row that has the key.</summary>
    private readonly PartedTable<RowIdentity, int> _seen = new();

    /// <summary>Of rows with headers: which of the hashes their values have.</summary>
    private readonly PartedTable<RowIdentity, int> _headers = new();
    private readonly Dictionary<string, int> _headerHashes = new(StringComparer.Ordinal);
    private IReadOnlyList<SecretText> _lastValues = [];
    private int _lastHash;

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
            CheckHeaders(alike, request.Secrets);
            return alike.Occurrence(++_seen.FindOrAdd(alike, out _));
        }

        RowIdentity identity = RowIdentity.OfKey(key);
        ref int seen = ref _seen.FindOrAdd(identity, out bool isNew);
        if (!isNew)
        {
            throw new FieldException(keyColumn!, $"row {seen} already uses the key '{key}'; give each row a key of its own");
        }

        seen = number ?? 0;
        return identity;
    }

    private void CheckHeaders(RowIdentity alike, IReadOnlyList<SecretText> values)
    {
        bool isSeen = _seen.IndexOf(alike) >= 0;
        bool hadValues = _headers.IndexOf(alike) >= 0;
        if (values.Count == 0 && !hadValues)
        {
            return;
        }

        int hash = values.Count == 0 ? 0 : HashHeaders(values);
        ref int earlier = ref _headers.FindOrAdd(alike, out _);
        if (isSeen && earlier != hash)
        {
            throw new FieldException("Headers", "an earlier row differs from this one only in the values of headers, which do not identify rows; give -Key with a column that does");
        }

        earlier = hash;
    }

    /// <summary>The number of a hash of the headers' values, from 1: secrets are not kept. Most rows have the values of the row before.</summary>
    private int HashHeaders(IReadOnlyList<SecretText> values)
    {
        if (!values.SequenceEqual(_lastValues))
        {
            using SHA256 sha = SHA256.Create();
            string hash = Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", values.Select(static value => value.Reveal())))));
            if (!_headerHashes.TryGetValue(hash, out _lastHash))
            {
                _headerHashes.Add(hash, _lastHash = _headerHashes.Count + 1);
            }

            _lastValues = values;
        }

        return _lastHash;
    }
}
