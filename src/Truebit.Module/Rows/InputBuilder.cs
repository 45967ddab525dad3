using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Puts the hub's <c>input</c> together, member by member, each from one place only.</summary>
internal sealed class InputBuilder
{
    private readonly List<InputMember> _members = [];
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    public IReadOnlyList<InputMember> Members => _members;

    /// <summary>Whether the caller gave an input of their own, which may hold any keys.</summary>
    public bool IsRaw { get; private set; }

    /// <summary>The names in <c>params</c>; a placeholder's name must match one exactly (truebit-api.md 3.2).</summary>
    public HashSet<string> ParamNames { get; } = new(StringComparer.Ordinal);

    public bool Has(string name) => _texts.ContainsKey(name);

    /// <summary>The member's text, where it is text.</summary>
    public string? Text(string name) => _texts.TryGetValue(name, out string? text) ? text : null;

    /// <summary>Takes over an input as it is, but for its headers, which are returned: they may be secret.</summary>
    public object? AddRaw(object? input)
    {
        if (input is null)
        {
            return null;
        }

        IsRaw = true;
        object? headers = null;
        foreach (KeyValuePair<string, object?> member in MembersOf(input, "Input"))
        {
            if (member.Key == "headers")
            {
                headers = member.Value;
                continue;
            }

            Add(member.Key, member.Value);
            if (member.Key == "params" && PSJson.Members(member.Value) is IEnumerable<KeyValuePair<string, object?>> values)
            {
                ParamNames.UnionWith(values.Select(static value => value.Key));
            }
        }

        return headers;
    }

    /// <summary>Adds a member; a missing one is left out.</summary>
    public void Add(string name, string? text)
    {
        if (text is not null)
        {
            Add(name, (object)text);
        }
    }

    /// <summary>Adds an object that may come as a whole, in dotted columns, or both, with no field given twice.</summary>
    public void AddMerged(string name, object? whole, FieldTree tree, object?[] cells)
    {
        if (!tree.IsFilled(cells))
        {
            if (whole is not null)
            {
                Add(name, name == "params" ? Checked(whole) : whole);
            }

            return;
        }

        if (whole is null)
        {
            AddJson(name, null, JsonBuffer.Write((tree, cells), static (json, row) => row.tree.Write(json, row.cells)));
            NoteParams(name, tree.Filled(cells).Select(static field => field.Key));
            return;
        }

        List<KeyValuePair<string, object?>> members = [.. MembersOf(whole, name)];
        string[] fields = [.. tree.Filled(cells).Select(static field => field.Key)];
        if (members.Find(member => fields.Contains(member.Key)).Key is string twice)
        {
            throw new FieldException($"{name}.{twice}", $"it is given twice, in {name} and in a column");
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
        NoteParams(name, members.Select(static member => member.Key).Concat(fields));
    }

    private object Checked(object whole)
    {
        NoteParams("params", MembersOf(whole, "params").Select(static member => member.Key));
        return whole;
    }

    private void NoteParams(string name, IEnumerable<string> names)
    {
        if (name == "params")
        {
            ParamNames.UnionWith(names);
        }
    }

    private void Add(string name, object? value) => AddJson(name, PSJson.Text(value), PSJson.ToUtf8(value, name));

    private void AddJson(string name, string? text, byte[] json)
    {
        if (_texts.ContainsKey(name))
        {
            throw new FieldException(name, $"it is given twice, in the input and beside it");
        }

        _texts.Add(name, text);
        _members.Add(new InputMember(name, json));
    }

    private static IEnumerable<KeyValuePair<string, object?>> MembersOf(object value, string field) =>
        PSJson.Members(value) ?? throw new FieldException(
            field,
            PSJson.Unwrap(value) is string
                ? $"text is not an object; for JSON text, name the column '{field.ToLowerInvariant()}:json'"
                : "it must be an object: a hashtable, a custom object or JSON");
}
