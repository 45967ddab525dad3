using System.Collections;
using System.Dynamic;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Numerics;
using System.Security;
using System.Text.Json;
using System.Xml;
using Truebit.Client;

namespace Truebit.Json;

/// <summary>
/// Writes PowerShell values as JSON without losing anything: depth is not cut, one-element arrays stay arrays, numbers keep their
/// digits, and a value without a plain JSON form is an error.
/// </summary>
internal static class PSJson
{
    private const int MaxDepth = 500;

    /// <summary>The JSON text of <paramref name="value"/>.</summary>
    /// <param name="value">A PowerShell value, or a <see cref="JsonElement"/>.</param>
    /// <param name="field">The field, for errors.</param>
    /// <exception cref="FieldException">The value cannot be written.</exception>
    public static byte[] ToUtf8(object? value, string field) =>
        JsonBuffer.Write((value, field), static (json, what) => Write(json, what.value, what.field));

    /// <summary>Writes one value.</summary>
    /// <exception cref="FieldException">The value cannot be written.</exception>
    public static void Write(Utf8JsonWriter json, object? value, string field)
    {
        object? bare = Deserialized.Restore(value, field);
        switch (bare)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(Whole(text, field));
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case SwitchParameter flag:
                json.WriteBooleanValue(flag.IsPresent);
                break;
            case JsonElement element:
                WriteElement(json, element, field);
                break;
            case RawJson raw:
                json.WriteRawValue(raw.Text, skipInputValidation: true);
                break;
            case SecureString or PSCredential or SecretText or TruebitHeaderSet:
                throw new FieldException(field, "a secret cannot be sent here, because the hub's transcript would show it. Use -Headers for secrets of an API task's target");
            case double or float when !IsFinite(Convert.ToDouble(bare, CultureInfo.InvariantCulture)):
                throw new FieldException(field, $"{bare} cannot be sent, because JSON has no such number");
            default:
                if (Scalar(bare) is string number)
                {
                    json.WriteRawValue(number, skipInputValidation: true);
                }
                else if (ScalarText(bare) is string text)
                {
                    json.WriteStringValue(text);
                }
                else
                {
                    WriteContainer(json, bare, field);
                }

                break;
        }
    }

    /// <summary>The members of an object: a hashtable, a custom object or a JSON object; null for anything else.</summary>
    /// <param name="value">The object.</param>
    /// <param name="field">The field, for errors.</param>
    /// <exception cref="FieldException">A member cannot be read, or its name is there twice.</exception>
    public static IEnumerable<KeyValuePair<string, object?>>? Members(object? value, string field) => Deserialized.Restore(value, field) switch
    {
        // The order of a hashtable differs between processes, but the same task must give the same text in each.
        Hashtable table => Entries(table, field).OrderBy(static entry => entry.Key, StringComparer.Ordinal),
        IDictionary dictionary => Entries(dictionary, field),
        PSObject custom => custom.Properties
            .Where(static property => !Deserialized.IsOwnMember(property.Name))
            .Select(property => new KeyValuePair<string, object?>(property.Name, Value(property, field))),
        JsonElement { ValueKind: JsonValueKind.Object } element =>
            element.EnumerateObject().Select(static member => new KeyValuePair<string, object?>(member.Name, member.Value)),
        _ => null,
    };

    /// <summary>The text of a scalar in the invariant culture; null for anything else.</summary>
    public static string? Text(object? value) => Unwrap(value) switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
        JsonElement { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } element => element.GetRawText(),
        RawJson raw => raw.Text,
        null => null,
        object bare => Scalar(bare) ?? ScalarText(bare),
    };

    /// <summary>The text of a scalar, if UTF-8 can carry it; null for anything else.</summary>
    /// <exception cref="FieldException">It has half a character.</exception>
    public static string? WholeText(object? value, string field) => Text(value) is string text ? Whole(text, field) : null;

    /// <summary>The value without its PSObject. A custom object keeps it, because its properties are there.</summary>
    public static object? Unwrap(object? value) => value switch
    {
        PSObject wrapped when ReferenceEquals(wrapped, AutomationNull.Value) => null,
        PSObject { BaseObject: PSCustomObject } custom => custom,
        PSObject wrapped => Unwrap(wrapped.BaseObject),
        DBNull => null,
        _ => value,
    };

    /// <summary>Whether there is nothing in it that can be seen: null, or text of blanks.</summary>
    public static bool IsBlank(object? value) => Unwrap(value) is object bare ? bare is string text && string.IsNullOrWhiteSpace(text) : true;

    private static List<KeyValuePair<string, object?>> Entries(IDictionary dictionary, string field)
    {
        List<KeyValuePair<string, object?>> entries = new(dictionary.Count);
        HashSet<string>? names = null;
        foreach (DictionaryEntry entry in dictionary)
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            entries.Add(new KeyValuePair<string, object?>(name, entry.Value));
            if (names is null && entry.Key is not string)
            {
                // Keys of other types can be alike as text: 1 and '1'.
                names = new HashSet<string>(StringComparer.Ordinal);
                names.UnionWith(entries.Take(entries.Count - 1).Select(static earlier => earlier.Key));
            }

            if (names?.Add(name) == false)
            {
                throw new FieldException(field, $"the key '{name}' occurs twice, as text and as another type");
            }
        }

        return entries;
    }

    /// <summary>Reading a property may run a script, which may fail in any way.</summary>
    private static object? Value(PSPropertyInfo property, string field)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException e)
        {
            throw new FieldException($"{field}.{property.Name}", $"the value cannot be read: {(e.InnerException ?? e).Message.TrimEnd('.')}");
        }
    }

    /// <summary>The text, if UTF-8 can carry it: otherwise a character would be replaced without a word.</summary>
    private static string Whole(string text, string field)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]))
            {
                throw new FieldException(field, $"the text was cut inside a character, at position {at + 1}");
            }
        }

        return text;
    }

    private static void WriteElement(Utf8JsonWriter json, JsonElement element, string field)
    {
        try
        {
            element.WriteTo(json);
        }
        catch (InvalidOperationException)
        {
            throw new FieldException(field, "the JSON has text that was cut inside a character");
        }
    }

    private static void WriteContainer(Utf8JsonWriter json, object value, string field)
    {
        // This finds cycles: no real request is nested so deeply.
        if (json.CurrentDepth >= MaxDepth)
        {
            throw new FieldException(field, $"the value is nested deeper than {MaxDepth} levels; does it contain itself?");
        }

        if (Members(value, field) is IEnumerable<KeyValuePair<string, object?>> members)
        {
            json.WriteStartObject();
            foreach (KeyValuePair<string, object?> member in members)
            {
                json.WritePropertyName(Whole(member.Key, field));
                Write(json, member.Value, Nested(field, member.Key, json.CurrentDepth));
            }

            json.WriteEndObject();
        }
        else if (value is IEnumerable items && IsList(value))
        {
            json.WriteStartArray();
            foreach (object? item in items)
            {
                Write(json, item, field);
            }

            json.WriteEndArray();
        }
        else
        {
            throw new FieldException(field, $"a {value.GetType().FullName} has no plain JSON form; use text, a number, an array, a hashtable or a custom object");
        }
    }

    /// <summary>
    /// Whether its items are all that there is to it. JObject, ExpandoObject and XML nodes can be enumerated, too, and a name-value
    /// collection enumerates its names only.
    /// </summary>
    private static bool IsList(object value) => value is Array
        || (value is not IDynamicMetaObjectProvider and not XmlNode
            && (value is IList || Array.Exists(value.GetType().GetInterfaces(), type => IsSequence(type, value.GetType()))));

    private static bool IsSequence(Type type, Type ofType) => type.IsGenericType
        && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
        && type.GetGenericArguments()[0] is { } item
        && !item.IsAssignableFrom(ofType)
        && !(item.IsGenericType && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    /// <summary>The name for errors; a cycle does not make it longer and longer.</summary>
    private static string Nested(string field, string member, int depth) => depth > 10 ? field : $"{field}.{member}";

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);

    /// <summary>Numbers in JSON. "R" gives the shortest text that parses to the same number.</summary>
    private static string? Scalar(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        byte or sbyte or short or ushort or int or uint or long or ulong or decimal or BigInteger
            when value is not Enum => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? ScalarText(object value) => value switch
    {
        char letter => letter.ToString(),
        // A local time as its instant: elsewhere, the same row would be another text, and be paid for again.
        DateTime { Kind: DateTimeKind.Local } time => ScalarText(time.ToUniversalTime()),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        Guid or Uri or Enum or Version => value.ToString(),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        _ => null,
    };
}
