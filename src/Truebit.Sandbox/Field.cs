using System.Text.Json;

namespace Truebit.Sandbox;

/// <summary>A JSON value and its dotted path in the request. It is read strictly: a wrong type is a 400 that names it.</summary>
internal readonly struct Field(string path, JsonElement value)
{
    private const int MaxQuoteLength = 60;

    public string Path { get; } = path;

    public JsonElement Value { get; } = value;

    public Field? Find(string name) =>
        Value.TryGetProperty(name, out JsonElement member) ? new Field(PathOf(name), member) : null;

    public Field Get(string name) =>
        Find(name) ?? throw new RejectedException(400, $"{PathOf(name)} is missing");

    public IEnumerable<(string Name, Field Field)> Members()
    {
        foreach (JsonProperty member in Value.EnumerateObject())
        {
            yield return (member.Name, new Field(PathOf(member.Name), member.Value));
        }
    }

    // What stands in the place of an object is not quoted: it may be the whole input as a text, headers included.
    public Field AsObject() =>
        Value.ValueKind == JsonValueKind.Object ? this : throw Mistyped("an object", quote: false);

    public string AsString() =>
        Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Mistyped("a string");

    public string AsOneOf(params string[] allowed)
    {
        string text = AsString();
        return allowed.Contains(text) ? text : throw Invalid($"one of {string.Join(", ", allowed)}");
    }

    public bool AsBoolean() => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Mistyped("a boolean"),
    };

    public uint AsUInt32() => (uint)AsInteger(uint.MinValue, uint.MaxValue);

    public long AsInteger(long min, long max)
    {
        if (Value.ValueKind != JsonValueKind.Number)
        {
            throw Mistyped("an integer");
        }

        if (Value.GetRawText().IndexOfAny(['.', 'e', 'E']) >= 0)
        {
            throw Invalid("an integer, without fraction or exponent");
        }

        return Value.TryGetInt64(out long number) && number >= min && number <= max
            ? number
            : throw Invalid($"an integer from {min} to {max}");
    }

    /// <summary>The type is right, the value is not.</summary>
    public RejectedException Invalid(string expected) => new(400, $"{Path} must be {expected}, but is {Quote()}");

    /// <summary>The type is wrong. A value that may be a secret is not to be quoted.</summary>
    public RejectedException Mistyped(string expected, bool quote = true)
    {
        string actual = Value.ValueKind switch
        {
            JsonValueKind.Object => "it is an object",
            JsonValueKind.Array => "it is an array",
            JsonValueKind.Null => "it is null",
            JsonValueKind.String => $"{(quote ? Quote() : "it")} is a string",
            JsonValueKind.Number => $"{(quote ? Quote() : "it")} is a number",
            _ => $"{(quote ? Quote() : "it")} is a boolean",
        };
        return new RejectedException(400, $"{Path} must be {expected}, but {actual}");
    }

    private string Quote()
    {
        string text = Value.GetRawText();
        return text.Length <= MaxQuoteLength ? text : text.Substring(0, MaxQuoteLength) + "…";
    }

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
