using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Truebit.Manifest.Documents;

/// <summary>
/// Writes YAML as JSON, event by event, by YAML's core schema (1.2, 10.3), numbers digit for digit. An alias is a copy of the JSON that
/// its anchor has become.
/// </summary>
internal sealed class Yaml
{
    private const int DeepestNesting = 200;

    private static readonly Regex Number = new(@"\A([-+]?)(?:([0-9]+)(\.[0-9]*)?|(\.[0-9]+))([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant);

    // Empty lines with more spaces than the text of their block are no YAML, but common.
    private static readonly Regex EmptyLine = new(@"^[ \t]+(?=\r?$)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private readonly MemoryStream _written = new();
    private readonly Utf8JsonWriter _json;
    private readonly Stack<Node> _open = new();
    private readonly Dictionary<AnchorName, (int Start, int Length)> _anchors = [];

    private Yaml() => _json = new Utf8JsonWriter(_written, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>The first document of the text as JSON.</summary>
    /// <exception cref="ManifestException">It is not YAML, has keys that are no texts, or is nested or repeats itself beyond reason.</exception>
    public static ReadOnlyMemory<byte> ToJson(string text)
    {
        try
        {
            return new Yaml().Write(text);
        }
        catch (YamlException e)
        {
            try
            {
                return new Yaml().Write(EmptyLine.Replace(text, ""));
            }
            catch (YamlException)
            {
                throw new ManifestException($"is not an OpenAPI document: {e.Message}", e);
            }
        }
    }

    private ReadOnlyMemory<byte> Write(string text)
    {
        Parser parser = new(new StringReader(text));
        while (parser.MoveNext() && parser.Current is not DocumentEnd)
        {
            Write(parser.Current!);

            // The parser itself would take hours for very deep nesting, so it is stopped while it reads.
            if (_open.Count > DeepestNesting)
            {
                throw new ManifestException($"is nested more than {DeepestNesting} levels deep.");
            }
        }

        _json.Flush();
        return _written.Length == 0 ? "null"u8.ToArray() : _written.GetBuffer().AsMemory(0, (int)_written.Length);
    }

    private void Write(ParsingEvent part)
    {
        if (part is SequenceEnd or MappingEnd)
        {
            Node ended = _open.Pop();
            if (ended.IsMapping)
            {
                _json.WriteEndObject();
            }
            else
            {
                _json.WriteEndArray();
            }

            Remember(ended.Anchor, ended.Start);
        }
        else if (part is NodeEvent or AnchorAlias)
        {
            if (_open.Count > 0 && _open.Peek() is { IsMapping: true } mapping && mapping.TakesKey())
            {
                WriteKey(part);
            }
            else
            {
                WriteValue(part);
            }
        }
    }

    private void WriteKey(ParsingEvent part)
    {
        Scalar key = part as Scalar ?? throw new ManifestException($"is not an OpenAPI document: a key in line {part.Start.Line} is not text.");
        int start = Written;
        _json.WritePropertyName(key.Value);
        if (!key.Anchor.IsEmpty)
        {
            // Written with a colon, which a value has not.
            _anchors[key.Anchor] = (start, Written - start - 1);
        }
    }

    private void WriteValue(ParsingEvent part)
    {
        int start = Written;
        switch (part)
        {
            case Scalar scalar:
                Write(scalar);
                Remember(scalar.Anchor, start);
                break;
            case AnchorAlias alias:
                Copy(alias);
                break;
            case SequenceStart sequence:
                _json.WriteStartArray();
                _open.Push(new Node(isMapping: false, sequence.Anchor, start));
                break;
            case MappingStart mapping:
                _json.WriteStartObject();
                _open.Push(new Node(isMapping: true, mapping.Anchor, start));
                break;
        }

        ManifestText.ThrowIfTooLong(Written);
    }

    private int Written => (int)(_json.BytesCommitted + _json.BytesPending);

    private void Remember(AnchorName anchor, int start)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = (start, Written - start);
        }
    }

    private void Copy(AnchorAlias alias)
    {
        // A node that is still open is not there yet: an alias cannot stand for what it is part of.
        if (!_anchors.TryGetValue(alias.Value, out (int Start, int Length) place))
        {
            throw new ManifestException($"is not an OpenAPI document: the alias *{alias.Value} in line {alias.Start.Line} has no anchor, or contains itself.");
        }

        ManifestText.ThrowIfTooLong((long)Written + place.Length);
        _json.Flush();

        // What was written in a list begins with the comma before it.
        ReadOnlySpan<byte> copy = _written.GetBuffer().AsSpan(place.Start, place.Length);
        _json.WriteRawValue(copy[0] == (byte)',' ? copy.Slice(1) : copy, skipInputValidation: true);
    }

    private void Write(Scalar scalar)
    {
        string text = scalar.Value;
        string tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        bool isPlain = tag.Length == 0
            ? scalar.Style == ScalarStyle.Plain
            : tag is "tag:yaml.org,2002:null" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float";
        string? json = !isPlain ? null : text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => "null",
            "true" or "True" or "TRUE" => "true",
            "false" or "False" or "FALSE" => "false",
            [(>= '0' and <= '9') or '.' or '-' or '+', ..] => JsonNumber(text),
            _ => null,
        };
        if (json is null)
        {
            _json.WriteStringValue(text);
        }
        else
        {
            _json.WriteRawValue(json, skipInputValidation: true);
        }
    }

    /// <summary>A number as JSON writes it; null where the text is none.</summary>
    private static string? JsonNumber(string text)
    {
        if (Number.Match(text) is not { Success: true } match)
        {
            return null;
        }

        string sign = match.Groups[1].Value == "-" ? "-" : "";
        string whole = match.Groups[2].Value.TrimStart('0');
        string fraction = match.Groups[3].Value + match.Groups[4].Value;
        return $"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length > 1 ? fraction : "")}{match.Groups[5].Value}";
    }

    /// <summary>A list or mapping that is being written.</summary>
    private sealed class Node(bool isMapping, AnchorName anchor, int start)
    {
        private bool _isKeyNext = true;

        public bool IsMapping => isMapping;

        public AnchorName Anchor => anchor;

        public int Start => start;

        /// <summary>Whether the next node is a key; they take turns with values.</summary>
        public bool TakesKey()
        {
            bool isKey = _isKeyNext;
            _isKeyNext = !isKey;
            return isKey;
        }
    }
}
