using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>
/// A line about a row, taken apart where it lies: texts are made of it only when they are asked for. The answer is the last member but for the
/// checksums, and is never looked into.
/// </summary>
internal readonly ref struct JournalLine
{
    private const int Missing = -1;

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _rowId = Missing;
    private readonly int _task = Missing;
    private readonly int _label = Missing;
    private readonly int _key = Missing;
    private readonly int _request = Missing;
    private readonly int _executionId = Missing;
    private readonly int _candidateId = Missing;
    private readonly int _reason = Missing;
    private readonly int _answer = Missing;
    private readonly DateTime? _at;
    private readonly DateTime? _submittedAt;
    private readonly int? _row;
    private readonly TaskKind _kind;
    private readonly bool _isInherited;
    private readonly bool _isSettledByHand;

    /// <exception cref="JsonException">It is not a line about a row.</exception>
    private JournalLine(ReadOnlySpan<byte> body)
    {
        _body = body;
        int state = Missing;
        Utf8JsonReader json = new(body, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = JsonLimits.MaxDepth }));
        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject);
        while (_answer == Missing && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = json.ValueSpan;
            Expect(json.Read());
            int at = (int)json.TokenStartIndex;
            if (name.SequenceEqual("rowId"u8))
            {
                Expect(RowKey.TryParse(json.ValueSpan, out RowKey key));
                (Key, _rowId) = (key, at);
            }
            else if (name.SequenceEqual("state"u8))
            {
                state = IndexOf(json.ValueSpan, JournalText.States);
            }
            else if (name.SequenceEqual("at"u8))
            {
                Expect(json.TryGetDateTime(out DateTime time));
                _at = time;
            }
            else if (name.SequenceEqual("executionId"u8))
            {
                _executionId = at;
            }
            else if (name.SequenceEqual("status"u8))
            {
                int status = IndexOf(json.ValueSpan, JournalText.Statuses);
                Expect(status != Missing);
                Status = (ExecutionStatus)status;
            }
            else if (name.SequenceEqual("answer"u8))
            {
                _answer = at;
            }
            else if (name.SequenceEqual("row"u8))
            {
                Expect(json.TryGetInt32(out int row));
                _row = row;
            }
            else if (name.SequenceEqual("task"u8))
            {
                _task = at;
            }
            else if (name.SequenceEqual("label"u8))
            {
                _label = at;
            }
            else if (name.SequenceEqual("key"u8))
            {
                _key = at;
            }
            else if (name.SequenceEqual("request"u8))
            {
                _request = at;
            }
            else if (name.SequenceEqual("kind"u8))
            {
                int kind = IndexOf(json.ValueSpan, JournalText.Kinds);
                Expect(kind != Missing);
                _kind = (TaskKind)kind;
            }
            else if (name.SequenceEqual("candidateId"u8))
            {
                _candidateId = at;
            }
            else if (name.SequenceEqual("submittedAt"u8))
            {
                Expect(json.TryGetDateTime(out DateTime time));
                _submittedAt = time;
            }
            else if (name.SequenceEqual("reason"u8))
            {
                _reason = at;
            }
            else if (name.SequenceEqual("isReplaced"u8))
            {
                IsReplaced = json.GetBoolean();
            }
            else if (name.SequenceEqual("isInherited"u8))
            {
                _isInherited = json.GetBoolean();
            }
            else if (name.SequenceEqual("isSettledByHand"u8))
            {
                _isSettledByHand = json.GetBoolean();
            }
        }

        Expect(_rowId != Missing && state != Missing && _at is not null);
        State = (JournalState)state;
    }

    /// <summary>The row's name.</summary>
    public RowKey Key { get; }

    /// <summary>How far the row has come.</summary>
    public JournalState State { get; }

    /// <summary>How it ended.</summary>
    public ExecutionStatus? Status { get; }

    /// <summary>Whether another row has taken its place.</summary>
    public bool IsReplaced { get; }

    /// <summary>Whether a run may not send the row by itself.</summary>
    public bool IsUnknown => State is JournalState.Unknown or JournalState.Sending;

    /// <summary>Whether it tells who the row is.</summary>
    public bool HasTask => _task != Missing;

    /// <summary>Whether it has an id: the execution's, or a candidate.</summary>
    public bool HasId => _executionId != Missing || _candidateId != Missing;

    /// <summary>Whether it has the hub's answer.</summary>
    public bool HasAnswer => _answer != Missing;

    /// <summary>Takes a line apart; false where it is not about a row.</summary>
    /// <param name="body">The line up to the comma before its checksums.</param>
    /// <param name="line">What it says.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, out JournalLine line)
    {
        try
        {
            line = new JournalLine(body);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a value of another type.
            line = default;
            return false;
        }
    }

    /// <summary>The hash of the execution's id for <see cref="ExecutionIdSet"/>; null where it has none.</summary>
    public ulong? ExecutionIdHash()
    {
        if (_executionId == Missing)
        {
            return null;
        }

        ReadOnlySpan<byte> text = _body.Slice(_executionId + 1);
        text = text.Slice(0, text.IndexOf((byte)'"'));
        return ExecutionIdSet.TryHash(text) ?? ExecutionIdSet.Hash(Text(_executionId)!);
    }

    /// <summary>The hub's answer, as it was kept; null where there is none.</summary>
    public string? Answer() => _answer == Missing ? null : _body[_answer] == (byte)'{' ? Decode(_body.Slice(_answer, _body.Length - 1 - _answer)) : Text(_answer);

    /// <summary>All that it says, without the answer.</summary>
    public JournalEntry ToEntry() => new()
    {
        RowId = Text(_rowId)!,
        State = State,
        At = _at!.Value,
        Row = _row,
        Task = Text(_task),
        Label = Text(_label),
        Key = Text(_key),
        Request = Text(_request),
        Kind = _kind,
        ExecutionId = Text(_executionId),
        CandidateId = Text(_candidateId),
        Status = Status,
        IsReplaced = IsReplaced,
        IsSettledByHand = _isSettledByHand,
        IsInherited = _isInherited,
        SubmittedAt = _submittedAt,
        Reason = Text(_reason),
    };

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new JsonException();
        }
    }

    private static int IndexOf(ReadOnlySpan<byte> word, byte[][] words)
    {
        for (int at = 0; at < words.Length; at++)
        {
            if (word.SequenceEqual(words[at]))
            {
                return at;
            }
        }

        return Missing;
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
#if NETFRAMEWORK
        return Encoding.UTF8.GetString(text.ToArray());
#else
        return Encoding.UTF8.GetString(text);
#endif
    }

    private string? Text(int at)
    {
        if (at == Missing)
        {
            return null;
        }

        Utf8JsonReader json = new(_body.Slice(at), isFinalBlock: false, default);
        json.Read();
        return json.GetString();
    }
}
