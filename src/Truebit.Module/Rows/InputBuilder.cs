using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Builds the hub's <c>input</c> member by member. No member may come from two places.</summary>
internal sealed class InputBuilder
{
    /// <summary>The hub's own keys of an input (truebit-api.md 3.1).</summary>
    private static readonly string[] KnownKeys = ["path", "url", "method", "params", "body", "headers"];

    private readonly List<InputMember> _members = [];
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    public IReadOnlyList<InputMember> Members => _members;

    /// <summary>Whether the caller gave a whole input, which may have any keys.</summary>
    public bool IsRaw { get; private set; }

    /// <summary>The names in <c>params</c>; a placeholder's name must match one exactly (truebit-api.md 3.2).</summary>
    public HashSet<string> ParamNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The names in <c>params</c> whose value is empty: the path would lose a part.</summary>
    public HashSet<string> EmptyParamNames { get; } = new(StringComparer.Ordinal);

    public bool Has(string name) => _texts.ContainsKey(name);

    /// <summary>The member's text; null if it is not a scalar.</summary>
    public string? Text(string name) => _texts.TryGetValue(name, out string? text) ? text : null;

    /// <summary>Adds the members of a whole input, except its headers, which are returned because they may be secret.</summary>
    public object? AddRaw(object? input)
    {
        if (input is null)
        {
            return null;
        }

        IsRaw = true;
        object? headers = null;
        foreach (KeyValuePair<string, object?> member in GetMembers(input, "Input"))
        {
            if (member.Key == "headers")
            {
                headers = member.Value;
                continue;
            }

            if (Array.Find(KnownKeys, known => member.Key != known && ColumnName.Clean(member.Key).Equals(known, StringComparison.OrdinalIgnoreCase)) is string spelling)
            {
                throw new FieldException("Input", $"the key '{member.Key}' must be spelled '{spelling}'; as it is, the hub would not know it");
            }

            Add(member.Key, member.Value);
            if (member.Key == "params" && PSJson.Members(member.Value, "params") is IEnumerable<KeyValuePair<string, object?>> values)
            {
                AddParamNames("params", values);
            }
        }

        return headers;
    }

    /// <summary>Adds a member; null is left out.</summary>
    public void Add(string name, string? text)
    {
        if (text is not null)
        {
            Add(name, (object)text);
        }
    }

    /// <summary>Adds an object that comes as a whole, in dotted columns, or both; no field may be given twice.</summary>
    public void AddMerged(string name, object? whole, FieldTree tree, object?[] cells)
    {
        if (!tree.IsFilled(cells))
        {
            if (whole is not null)
            {
                Add(name, name == "params" ? WithParamNames(whole) : whole);
            }

            return;
        }

        if (whole is null)
        {
            AddJson(name, null, JsonBuffer.Write((tree, cells), static (json, row) => row.tree.Write(json, row.cells)));
            AddParamNames(name, Fields(tree, cells));
            return;
        }

        List<KeyValuePair<string, object?>> members = [.. GetMembers(whole, name)];
        string[] fields = [.. tree.Filled(cells).Select(static field => field.Key)];
        if (members.Find(member => fields.Contains(member.Key)).Key is string twice)
        {
            throw new FieldException($"{name}.{twice}", $"the field is given twice: in {name} and in a column");
        }

        AddJson(name, null, JsonBuffer.Write((name, members, tree, cells), static (json, row) =>
        {
            json.WriteStartObject();
            foreach (KeyValuePair<string, object?> member in row.members)
            {
                json.WritePropertyName(member.Key);
                PSJson.Write(json, member.Value, $"{row.name}.{member.Key}");
            }

            row.tree.WriteMembers(json, row.cells);
            json.WriteEndObject();
        }));
        AddParamNames(name, members.Concat(Fields(tree, cells)));
    }

    private object WithParamNames(object whole)
    {
        AddParamNames("params", GetMembers(whole, "params"));
        return whole;
    }

    private void AddParamNames(string name, IEnumerable<KeyValuePair<string, object?>> values)
    {
        if (name == "params")
        {
            foreach (KeyValuePair<string, object?> value in values)
            {
                (PSJson.IsBlank(value.Value) ? EmptyParamNames : ParamNames).Add(value.Key);
            }
        }
    }

    /// <summary>The filled columns: their cells are not empty, but they may be blank.</summary>
    private static IEnumerable<KeyValuePair<string, object?>> Fields(FieldTree tree, object?[] cells) =>
        tree.Filled(cells).Select(field => new KeyValuePair<string, object?>(field.Key, field.Value.GetCell(cells)));

    private void Add(string name, object? value) => AddJson(name, PSJson.Text(value), PSJson.ToUtf8(value, name));

    private void AddJson(string name, string? text, byte[] json)
    {
        if (_texts.ContainsKey(name))
        {
            throw new FieldException(name, "the member is given twice: in -InputObject and by its own parameter or column");
        }

        _texts.Add(name, text);
        _members.Add(new InputMember(name, json));
    }

    private static IEnumerable<KeyValuePair<string, object?>> GetMembers(object value, string field) =>
        PSJson.Members(value, field) ?? throw new FieldException(
            field,
            PSJson.Unwrap(value) is string
                ? $"text is not an object; for JSON text, name the column '{field.ToLowerInvariant()}:json'"
                : "the value must be an object: a hashtable, a custom object or JSON");
}
