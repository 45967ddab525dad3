using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;
using Truebit.Session;

namespace Truebit.Headers;

/// <summary>Collects the headers of a row from all places, and reads the secrets among them.</summary>
internal sealed class HeaderResolver(SecretReader secrets)
{
    private static readonly string[] SecretNameParts = ["authorization", "cookie", "token", "secret", "password", "api-key", "apikey"];
    private readonly HashSet<string> _warned = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Called once about each header that is likely to do harm.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <param name="wholes">Header sets, hashtables, custom objects or JSON objects.</param>
    /// <param name="columns">The columns <c>headers.*</c>.</param>
    /// <param name="cells">The row's cells.</param>
    /// <exception cref="FieldException">A header is not valid, or is given twice.</exception>
    public IReadOnlyList<RequestHeader> Resolve(IReadOnlyCollection<object?> wholes, List<KeyValuePair<string, Column>> columns, object?[] cells)
    {
        if (columns.Count == 0 && !wholes.Any(static whole => PSJson.Unwrap(whole) is not null))
        {
            return [];
        }

        List<RequestHeader> headers = [];
        foreach (object whole in wholes.Where(static whole => PSJson.Unwrap(whole) is not null)!)
        {
            if (PSJson.Unwrap(whole) is TruebitHeaderSet set)
            {
                headers.AddRange(set.Resolve(secrets));
            }
            else
            {
                headers.AddRange((PSJson.Members(whole, "Headers") ?? throw new FieldException(
                        "Headers", "the value must be a header set of New-TruebitHeaderSet, a hashtable, a custom object or JSON (a column 'headers:json')"))
                    .Select(member => Plain(member.Key, member.Value)));
            }
        }

        foreach (KeyValuePair<string, Column> header in columns.Where(header => !Cell.IsEmpty(cells[header.Value.Index])))
        {
            if (SecretNameParts.Any(part => header.Key.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0) && _warned.Add(header.Value.Name))
            {
                Warn($"The column '{header.Value.Name}' seems to contain a secret in plain text, which results and errors would show."
                    + " Use -Headers (New-TruebitHeaderSet -SecretHeader ...) instead.");
            }

            headers.Add(Plain(header.Key, header.Value.Read(cells)));
        }

        Check(headers);
        return headers;
    }

    private static RequestHeader Plain(string name, object? value) => new(name, TruebitHeaderSet.ToSecret(name, value));

    private void Check(List<RequestHeader> headers)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (RequestHeader header in headers)
        {
            if ((HeaderRules.CheckName(header.Name) ?? HeaderRules.CheckValue(header.Name, header.Value.Reveal())) is string problem)
            {
                throw new FieldException("Headers", problem);
            }

            if (!names.Add(header.Name))
            {
                throw new FieldException("Headers", $"'{header.Name}' is given twice");
            }

            if (HeaderRules.Conflict(header.Name) is string why && _warned.Add(header.Name))
            {
                Warn($"The header '{header.Name}' may do harm: {why}.");
            }
        }
    }
}
