using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>
/// Reads the hub's answers to execute and status calls in one pass over their bytes. Three generations of
/// shapes are in use (truebit-api.md 2.3, 2.5 and 4.2), so every member is optional and found by any of its names.
/// </summary>
internal ref struct ExecutionReader
{
    private Utf8JsonReader _json;
    private string? _id;
    private bool _hasTwoIds;
    private string? _status;
    private string? _solutionStatus;
    private string? _sender;
    private HubSignature? _signature;
    private long? _requestBytes;
    private long? _responseBytes;
    private bool _hasSolution;
    private Range? _output;

    /// <summary>The execution in <paramref name="answer"/>; null where it is incomplete, has no execution, or has two ids.</summary>
    public static HubExecution? Find(byte[] answer, TaskKind kind, string? askedFor = null)
    {
        try
        {
            return Read(answer, kind, askedFor);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not UTF-8.
            return null;
        }
    }

    private static HubExecution? Read(byte[] answer, TaskKind kind, string? askedFor)
    {
        int start = BodyEncoding.MarkLength(answer);
        ExecutionReader reader = new() { _json = new Utf8JsonReader(answer.AsSpan(start), new JsonReaderOptions { MaxDepth = JsonLimits.MaxDepth }) };
        reader.ReadRoot();

        // A status answer without the id is about the id that was asked for, if it says anything about it at all.
        string? id = reader._id ?? (reader._status is null && !reader._hasSolution ? null : askedFor);
        if (reader._hasTwoIds || !ExecutionIdText.IsUsable(id))
        {
            return null;
        }

        return new HubExecution(kind, ExecutionIdText.AreSame(id, askedFor) ? askedFor! : id!, answer, Shift(reader._output, start))
        {
            Status = reader.Status(),
            StatusText = reader._status,
            SolutionStatus = reader._solutionStatus,
            SenderAddress = reader._sender,
            Signature = reader._signature,
            RequestBytes = reader._requestBytes,
            ResponseBytes = reader._responseBytes,
        };
    }

    private readonly ExecutionStatus Status() => _status?.ToUpperInvariant() switch
    {
        null => _hasSolution ? ExecutionStatus.Success : ExecutionStatus.Running,
        "RUNNING" => ExecutionStatus.Running,
        "SUCCESS" => ExecutionStatus.Success,
        "ERROR" => ExecutionStatus.Error,
        "INDETERMINATE" => ExecutionStatus.Indeterminate,
        _ => ExecutionStatus.Unknown,
    };

    private void ReadRoot()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is not a JSON object.");
        }

        while (NextMember(out string name))
        {
            switch (name)
            {
                case "executionId":
                    string? id = ReadText();
                    _hasTwoIds |= _id is not null && !ExecutionIdText.AreSame(_id, id);
                    _id = id;
                    break;
                case "status" or "verificationStatus":
                    _status = ReadText() ?? _status;
                    break;
                case "clearTextSolution" when _json.TokenType == JsonTokenType.StartObject:
                    _hasSolution = true;
                    ReadSolution();
                    break;
                case "signature" when _json.TokenType == JsonTokenType.StartObject:
                    ReadSignature();
                    break;
                case "totalTransferredBytes" when _json.TokenType == JsonTokenType.StartObject:
                    ReadBytes();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        if (_json.Read())
        {
            throw new JsonException("Something follows the JSON object.");
        }
    }

    private void ReadSolution()
    {
        while (NextMember(out string name))
        {
            switch (name)
            {
                case "output":
                    int from = checked((int)_json.TokenStartIndex);
                    _json.Skip();
                    _output = from..checked((int)_json.BytesConsumed);
                    break;
                case "status" or "executionStatus":
                    _solutionStatus = ReadText() ?? _solutionStatus;
                    break;
                case "senderAddress":
                    _sender = ReadText();
                    break;
                case "signature" when _json.TokenType == JsonTokenType.StartObject:
                    ReadSignature();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }
    }

    private void ReadSignature()
    {
        string? v = null, r = null, s = null;
        while (NextMember(out string name))
        {
            string? text = ReadText();
            switch (name)
            {
                case "v":
                    v = text;
                    break;
                case "r":
                    r = text;
                    break;
                case "s":
                    s = text;
                    break;
            }
        }

        _signature = new HubSignature(v, r, s);
    }

    private void ReadBytes()
    {
        while (NextMember(out string name))
        {
            long? count = long.TryParse(ReadText(), out long number) ? number : null;
            switch (name)
            {
                case "request":
                    _requestBytes = count;
                    break;
                case "response":
                    _responseBytes = count;
                    break;
            }
        }
    }

    /// <summary>Moves to the next member's value; false at the end of the object.</summary>
    private bool NextMember(out string name)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.PropertyName)
        {
            name = "";
            return false;
        }

        name = _json.GetString()!;
        _json.Read();
        return true;
    }

    /// <summary>A string, or the raw text of a number; null for anything else, which is skipped.</summary>
    private string? ReadText()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.String:
                return _json.GetString();
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(_json.ValueSpan.ToArray());
            default:
                _json.Skip();
                return null;
        }
    }

    private static Range? Shift(Range? range, int by) =>
        range is Range r ? (r.Start.Value + by)..(r.End.Value + by) : null;
}
