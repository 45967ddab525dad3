using System.Text;

namespace Truebit.Client;

/// <summary>What one answer of the hub says about one execution.</summary>
public sealed class HubExecution
{
    private readonly byte[] _answer;
    private readonly Range? _output;

    internal HubExecution(TaskKind kind, string id, byte[] answer, Range? output)
    {
        Kind = kind;
        Id = id;
        _answer = answer;
        _output = output;
    }

    /// <summary>Reads an answer that was kept.</summary>
    /// <exception cref="HubException">It is not the answer to an execution.</exception>
    public static HubExecution Parse(byte[] answer, TaskKind kind, string? id) =>
        ExecutionReader.Find(answer, kind, id) ?? throw new HubException(HubErrorCode.InvalidResponse, "The answer that was kept cannot be read.");

    /// <summary>The family of the task, and so of the endpoints.</summary>
    public TaskKind Kind { get; }

    /// <summary>The execution's id. Whoever holds it may be able to read the transcript (truebit-api.md 6).</summary>
    public string Id { get; }

    /// <summary>The status, read from whichever member this generation of the hub uses.</summary>
    public ExecutionStatus Status { get; init; }

    /// <summary>The hub's own word for the status; null where it gave none.</summary>
    public string? StatusText { get; init => field = Printable(value); }

    /// <summary>The solution's own status, such as <c>succeed</c> (truebit-api.md 5).</summary>
    public string? SolutionStatus { get; init => field = Printable(value); }

    /// <summary>The address that produced the solution.</summary>
    public string? SenderAddress { get; init => field = Printable(value); }

    /// <summary>The node's signature; function tasks only.</summary>
    public HubSignature? Signature { get; init; }

    /// <summary>Bytes that the hub sent to the target.</summary>
    public long? RequestBytes { get; init; }

    /// <summary>Bytes that the target answered.</summary>
    public long? ResponseBytes { get; init; }

    /// <summary>Whether its status is final.</summary>
    public bool IsFinished => Status is ExecutionStatus.Success or ExecutionStatus.Error or ExecutionStatus.Indeterminate
        || (Status == ExecutionStatus.Unknown && _output is not null);

    /// <summary>
    /// When its end was seen here (UTC), of an execution that was awaited: submitted just now, or running when it was first asked for.
    /// Null where it had ended before it was asked for: the hub does not tell when.
    /// </summary>
    public DateTime? FinishedAt { get; private set; }

    /// <summary>The task's output, as the JSON text that the hub sent; null where there is none.</summary>
    public string? OutputJson => _output is Range range ? Text(range) : null;

    /// <summary>What the target says in plain words of an execution that did not end with Success; null where it does not.</summary>
    public string? OutputMessage =>
        IsFinished && Status != ExecutionStatus.Success && _output is Range range ? HubMessage.ReadPlain(Text(range)) : null;

    /// <summary>The whole answer, as the hub sent it.</summary>
    public string RawJson => Text(Range.All);

    /// <summary>The same execution, whose end was seen just now.</summary>
    internal HubExecution SeenFinishedNow()
    {
        HubExecution execution = (HubExecution)MemberwiseClone();
        execution.FinishedAt = DateTime.UtcNow;
        return execution;
    }

    private static string? Printable(string? text) => text is null ? null : TextGate.Printable(text);

    private string Text(Range range)
    {
        (int offset, int length) = range.GetOffsetAndLength(_answer.Length);
        return Encoding.UTF8.GetString(_answer, offset, length);
    }
}
