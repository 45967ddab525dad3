using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>Makes the lines of one journal, each after the one before, in a buffer that is used again. One thread at a time.</summary>
/// <param name="previous">The checksum of the line before the first one that is made.</param>
internal sealed class JournalWriter(uint previous = 0)
{
    /// <summary>A buffer that a long answer has made longer is not kept.</summary>
    private const int MaxKept = 256 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private MemoryStream _buffer = new(1024);
    private Utf8JsonWriter? _json;

    /// <summary>The bytes of a journal's first line, with its end. They are good until the next line is made.</summary>
    public ArraySegment<byte> Write(JournalHeader header)
    {
        Utf8JsonWriter json = Begin();
        header.Write(json);
        return End(json);
    }

    /// <inheritdoc cref="Write(JournalHeader)"/>
    /// <summary>The bytes of a line about a row, with its end.</summary>
    public ArraySegment<byte> Write(JournalEntry entry)
    {
        Utf8JsonWriter json = Begin();
        json.WriteString("rowId"u8, entry.RowId);
        json.WriteString("state"u8, JournalText.States[(int)entry.State]);
        json.WriteString("at"u8, Milliseconds(entry.At));
        WriteIfThere(json, "row"u8, entry.Row);
        WriteIfThere(json, "task"u8, entry.Task);
        WriteIfThere(json, "label"u8, entry.Label);
        WriteIfThere(json, "key"u8, entry.Key);
        WriteIfThere(json, "request"u8, entry.Request);
        if (entry.Kind != TaskKind.Api)
        {
            json.WriteString("kind"u8, JournalText.Kinds[(int)entry.Kind]);
        }

        WriteIfThere(json, "executionId"u8, entry.ExecutionId);
        WriteIfThere(json, "candidateId"u8, entry.CandidateId);
        if (entry.Status is ExecutionStatus status)
        {
            json.WriteString("status"u8, JournalText.Statuses[(int)status]);
        }

        WriteIfTrue(json, "isReplaced"u8, entry.IsReplaced);
        WriteIfTrue(json, "isSettledByHand"u8, entry.IsSettledByHand);
        WriteIfTrue(json, "isInherited"u8, entry.IsInherited);
        if (entry.SubmittedAt is DateTime submittedAt)
        {
            json.WriteString("submittedAt"u8, Milliseconds(submittedAt));
        }

        WriteIfThere(json, "reason"u8, entry.Reason);
        WriteAnswer(json, entry.Answer);
        return End(json);
    }

    private static DateTime Milliseconds(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), time.Kind);

    private static void WriteIfThere(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteIfThere(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? number)
    {
        if (number is int value)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WriteIfTrue(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    /// <summary>The answer as it came where it can stand in a line, and as text where it cannot: it is kept letter for letter.</summary>
    private static void WriteAnswer(Utf8JsonWriter json, string? answer)
    {
        if (answer is null)
        {
            return;
        }

        json.WritePropertyName("answer"u8);
        byte[] bytes = Encoding.UTF8.GetBytes(answer);
        if (IsLineOfJson(bytes))
        {
            json.WriteRawValue(bytes, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(answer);
        }
    }

    private static bool IsLineOfJson(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || text[0] != '{' || text[text.Length - 1] != '}' || text.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            return false;
        }

        try
        {
            Utf8JsonReader json = new(text, new JsonReaderOptions { MaxDepth = JsonLimits.MaxDepth });
            while (json.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private Utf8JsonWriter Begin()
    {
        if (_json is null || _buffer.Capacity > MaxKept)
        {
            _buffer = new MemoryStream(1024);
            _json = new Utf8JsonWriter(_buffer, Options);
        }

        _buffer.SetLength(0);
        _json.Reset();
        _json.WriteStartObject();
        return _json;
    }

    private ArraySegment<byte> End(Utf8JsonWriter json)
    {
        json.Flush();
        int length = (int)_buffer.Length;
        _buffer.SetLength(length + JournalText.EndLength);
        byte[] line = _buffer.GetBuffer();
        JournalText.End(line, length, ref previous);
        return new ArraySegment<byte>(line, 0, length + JournalText.EndLength);
    }
}
