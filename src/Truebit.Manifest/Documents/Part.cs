using System.Globalization;
using System.Text.Json;

namespace Truebit.Manifest.Documents;

/// <summary>A value of the manifest, and its place, which is its name.</summary>
internal readonly record struct Part(JsonElement Value, Pointer Pointer)
{
    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    public bool IsArray => Value.ValueKind == JsonValueKind.Array;

    public bool IsFlag => Value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    public bool IsTrue => Value.ValueKind == JsonValueKind.True;

    /// <summary>The text; null where it is none.</summary>
    public string? Text => Value.ValueKind == JsonValueKind.String ? Value.GetString() : null;

    /// <summary>The member of this name; null where there is none, or where this is no object.</summary>
    public Part? Member(string name) => IsObject && Value.TryGetProperty(name, out JsonElement value) ? At(value, name) : null;

    /// <summary>The members of an object; none where it is no object.</summary>
    public IEnumerable<(string Name, Part Value)> Members()
    {
        if (!IsObject)
        {
            yield break;
        }

        foreach (JsonProperty member in Value.EnumerateObject())
        {
            yield return (member.Name, At(member.Value, member.Name));
        }
    }

    /// <summary>The items of an array; none where it is no array.</summary>
    public IEnumerable<Part> Items()
    {
        if (!IsArray)
        {
            yield break;
        }

        int index = 0;
        foreach (JsonElement item in Value.EnumerateArray())
        {
            yield return At(item, (index++).ToString(CultureInfo.InvariantCulture));
        }
    }

    private Part At(JsonElement value, string name) => new(value, new Pointer(Pointer, name));
}
