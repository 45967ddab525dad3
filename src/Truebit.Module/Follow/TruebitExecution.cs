using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;
using Truebit.Session;

namespace Truebit;

/// <summary>One execution: what was asked for, and what the hub has said of it so far.</summary>
public sealed class TruebitExecution
{
    private readonly HubExecution _execution;
    private readonly SubmittedExecution? _submitted;
    private readonly Lazy<object?> _output;

    internal TruebitExecution(HubExecution execution, SubmittedExecution? submitted, PSObject? row)
    {
        _execution = execution;
        _submitted = submitted;
        CompletedAt = execution.IsFinished ? execution.EndSeenAt ?? submitted?.EndSeenAt : null;
        InputObject = row;
        _output = new Lazy<object?>(() => OutputJson is string json ? PSValue.Parse(json) : null);
    }

    /// <summary>The id to ask for it again. Whoever holds it may be able to read the transcript.</summary>
    public string ExecutionId => _execution.Id;

    /// <summary>Api or Function.</summary>
    public TaskKind Kind => _execution.Kind;

    /// <summary>What the hub says: Running, Success, Error, Indeterminate, or Unknown for a word that is not documented.</summary>
    public ExecutionStatus Status => _execution.Status;

    /// <summary>The hub's own word for the status.</summary>
    public string? StatusText => _execution.StatusText;

    /// <summary>The status of the solution itself, such as <c>succeed</c>.</summary>
    public string? SolutionStatus => _execution.SolutionStatus;

    /// <summary>The task's namespace; null for an id that was not submitted from this session.</summary>
    public string? Namespace => _submitted?.Namespace;

    /// <summary>The task's name; null for an id that was not submitted from this session.</summary>
    public string? TaskName => _submitted?.TaskName;

    /// <summary>The label that was asked for.</summary>
    public string? Label => _submitted?.Label;

    /// <summary>The version that was asked for.</summary>
    public uint? Version => _submitted?.Version;

    /// <summary>The output as PowerShell objects; text that looks like a date stays text. Made when first asked for.</summary>
    public object? Output => _output.Value;

    /// <summary>The output as the JSON text that the hub sent, digit for digit.</summary>
    public string? OutputJson => _execution.OutputJson;

    /// <summary>The address that produced the solution.</summary>
    public string? SenderAddress => _execution.SenderAddress;

    /// <summary>The node's signature; function tasks only.</summary>
    public HubSignature? Signature => _execution.Signature;

    /// <summary>Bytes that went to the target.</summary>
    public long? RequestBytes => _execution.RequestBytes;

    /// <summary>Bytes that the target answered.</summary>
    public long? ResponseBytes => _execution.ResponseBytes;

    /// <summary>When it was sent (UTC).</summary>
    public DateTime? SubmittedAt => _submitted?.SubmittedAt;

    /// <summary>
    /// When its end was seen here (UTC) by a command that awaited it, up to 3 s (one poll) after it; from a journal, when that was
    /// written down. Null while it runs, and where it had ended before this session first asked for it: the hub tells no time.
    /// </summary>
    public DateTime? CompletedAt { get; }

    /// <summary>From SubmittedAt to CompletedAt; null where one of them is not known.</summary>
    public TimeSpan? Duration => CompletedAt - SubmittedAt;

    /// <summary>The row that it was made of; null where everything came from the command line.</summary>
    public PSObject? InputObject { get; }

    /// <summary>The hub's whole answer, as it was sent.</summary>
    public string RawJson => _execution.RawJson;

    internal SubmittedExecution? Submitted => _submitted;

    /// <summary>The output for a person to read: text as it is, JSON with a line for each member; null where there is none.</summary>
    public string? FormatOutput() => OutputJson is string json ? ReadableJson.Of(json) : null;

    /// <summary>The id and the status.</summary>
    public override string ToString() => $"{ExecutionId} {Status}";
}
