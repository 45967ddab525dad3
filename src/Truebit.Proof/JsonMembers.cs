using System.Text.Json;

namespace Truebit.Proof;

/// <summary>The members of a JSON object, in their order, as they stand in its bytes.</summary>
internal sealed class JsonMembers
{
    private readonly List<JsonMember> _all = [];

    private JsonMembers(JsonText text) => Text = text;

    public JsonText Text { get; }

    public IReadOnlyList<JsonMember> All => _all;

    /// <summary>A duplicate name, or one that is not Unicode: then it is ambiguous which member was signed.</summary>
    public string? Problem { get; private set; }

    /// <param name="text">JSON that is known to be well-formed.</param>
    public static JsonMembers? Read(JsonText text)
    {
        if (!text.IsObject)
        {
            return null;
        }

        JsonMembers members = new(text);
        Utf8JsonReader reader = JsonText.NewReader(text.Bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? name = JsonText.Decode(ref reader);
            ReadOnlyMemory<byte> nameText = text.Bytes.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
            reader.Read();
            members._all.Add(new JsonMember(name ?? "", nameText, JsonText.ReadValue(ref reader, text.Bytes)));
            if (name is null)
            {
                members.Problem = "the name of a member is not valid Unicode";
            }
        }

        members.FindDuplicate();
        return members;
    }

    /// <summary>The first member of that name.</summary>
    public JsonText? Find(string name)
    {
        foreach (JsonMember member in _all)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return null;
    }

    public string? FindString(string name) => Find(name)?.AsString();

    /// <summary>The members by the UTF-16 units of their names, as JavaScript's sort() has them.</summary>
    public List<JsonMember> Sorted()
    {
        List<JsonMember> sorted = [.. _all];
        sorted.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return sorted;
    }

    private void FindDuplicate()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        if (_all.Exists(member => !names.Add(member.Name)))
        {
            Problem ??= "a member's name occurs twice";
        }
    }
}

/// <summary>A member: its name, the bytes of the name with its quotation marks, and its value.</summary>
internal readonly record struct JsonMember(string Name, ReadOnlyMemory<byte> NameText, JsonText Value);
