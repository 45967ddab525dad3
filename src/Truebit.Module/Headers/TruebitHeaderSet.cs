using System.Security;
using Truebit.Client;
using Truebit.Json;
using Truebit.Session;

namespace Truebit;

/// <summary>
/// Headers for the target API, which the hub adds to its call (truebit-api.md 7). It shows only their names: views, ConvertTo-Json and
/// Export-Clixml never see a value.
/// </summary>
public sealed class TruebitHeaderSet
{
    private readonly List<Entry> _entries = [];

    internal TruebitHeaderSet()
    {
    }

    /// <summary>The headers' names, in the given order.</summary>
    public string[] Name => [.. _entries.Select(static entry => entry.Name)];

    public override string ToString() => string.Join(", ", Name);

    /// <summary>Converts a header's value: text, a scalar, or a secret.</summary>
    /// <exception cref="FieldException">The value is none of these.</exception>
    internal static SecretText ToSecret(string name, object? value) => PSJson.Unwrap(value) switch
    {
        SecureString secure => new SecretText(secure),
        SecretText secret => secret,
        object other when PSJson.Text(other) is string text => new SecretText(text),
        _ => throw new FieldException("Headers", $"the value of '{name}' must be text or a SecureString"),
    };

    /// <summary>Adds a header with a known value.</summary>
    /// <exception cref="FieldException">Name or value is not valid in HTTP, or the name is taken.</exception>
    internal void Add(string name, SecretText value)
    {
        CheckName(name);
        if (HeaderRules.CheckValue(name, value.Reveal()) is string problem)
        {
            throw new FieldException("Headers", problem);
        }

        _entries.Add(new Entry(name, value, null));
    }

    /// <summary>Adds a header whose value is read from SecretManagement when it is sent.</summary>
    /// <exception cref="FieldException">The name is not valid in HTTP, or is taken.</exception>
    internal void Add(string name, SecretReference reference)
    {
        CheckName(name);
        _entries.Add(new Entry(name, null, reference));
    }

    /// <summary>The headers with their values, for the wire.</summary>
    internal IEnumerable<RequestHeader> Resolve(SecretReader secrets) =>
        _entries.Select(entry => new RequestHeader(entry.Name, entry.Value ?? secrets.Read(entry.Reference!)));

    private void CheckName(string name)
    {
        if (HeaderRules.CheckName(name) is string problem)
        {
            throw new FieldException("Headers", problem);
        }

        if (_entries.Exists(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new FieldException(name, "the header is given twice (names ignore case)");
        }
    }

    private sealed record Entry(string Name, SecretText? Value, SecretReference? Reference);
}
