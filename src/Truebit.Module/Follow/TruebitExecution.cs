using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;
using Truebit.Session;

namespace Truebit;

/// <summary>One execution: what was requested, and what the hub has said about it so far.</summary>
public sealed class TruebitExecution
{
    private readonly HubExecution _execution;
    private readonly SubmittedExecution? _submitted;
    private readonly Lazy<object?> _output;

    internal TruebitExecution(HubExecution execution, SubmittedExecution? submitted, PSObject? row)
    {
        _execution = execution;
        _submitted = submitted;
        CompletedAt = execution.IsFinished ? execution.FinishedAt ?? submitted?.FinishedAt : null;
        InputObject = row;
        _output = new Lazy<object?>(() => OutputJson is string json ? PSValue.Parse(json) : null);
    }

    /// <summary>The id to query it again. Anyone who has it may be able to read the transcript.</summary>
    public string ExecutionId => _execution.Id;

    /// <summary>Api or Function.</summary>
    public string Kind => _execution.Kind.ToString();

    /// <summary>Running, Success, Error, Indeterminate, or Unknown for an undocumented word.</summary>
    public string Status => _execution.Status.ToString();

    internal TaskKind Family => _execution.Kind;

    internal ExecutionStatus HubStatus => _execution.Status;

    /// <summary>The hub's own word for the status.</summary>
    public string? StatusText => _execution.StatusText;

    /// <summary>The status of the solution itself, such as <c>succeed</c>.</summary>
    public string? SolutionStatus => _execution.SolutionStatus;

    /// <summary>The task's namespace; null if this session did not submit it.</summary>
    public string? Namespace => _submitted?.Namespace;

    /// <summary>The task's name; null if this session did not submit it.</summary>
    public string? TaskName => _submitted?.TaskName;

    /// <summary>The requested label.</summary>
    public string? Label => _submitted?.Label;

    /// <summary>The requested version.</summary>
    public uint? Version => _submitted?.Version;

    /// <summary>The output as PowerShell objects; text that looks like a date stays text. Created on first use.</summary>
    public object? Output => _output.Value;

    /// <summary>The output as the JSON text that the hub sent, digit for digit.</summary>
    public string? OutputJson => _execution.OutputJson;

    /// <summary>What the target said of an execution that ended with Error or Indeterminate, if it said it in so many words; null otherwise.</summary>
    public string? Error => _execution.OutputMessage;

    /// <summary>The address that produced the solution.</summary>
    public string? SenderAddress => _execution.SenderAddress;

    /// <summary>The node's signature; function tasks only.</summary>
    public HubSignature? Signature => _execution.Signature;

    /// <summary>Bytes sent to the target.</summary>
    public long? RequestBytes => _execution.RequestBytes;

    /// <summary>Bytes received from the target.</summary>
    public long? ResponseBytes => _execution.ResponseBytes;

    /// <summary>Bytes sent to the target and received from it, which the hub charges for API tasks; null if it counted none.</summary>
    public long? TransferredBytes => RequestBytes is null && ResponseBytes is null ? null : (RequestBytes ?? 0) + (ResponseBytes ?? 0);

    /// <summary>When it was sent (UTC).</summary>
    public DateTime? SubmittedAt => _submitted?.SubmittedAt;

    /// <summary>
    /// When a command that awaited it saw its end (UTC), up to 3 s (one poll) late; from a journal, when that was recorded. Null while it
    /// runs, and if it had ended before this session first queried it: the hub does not tell the time.
    /// </summary>
    public DateTime? CompletedAt { get; }

    /// <summary>From SubmittedAt to CompletedAt; null if one of them is unknown.</summary>
    public TimeSpan? Duration => CompletedAt - SubmittedAt;

    /// <summary>Its row's place in the input, from 1; null if there was none.</summary>
    public int? Row { get; internal init; }

    /// <summary>Its row's key, if -Key names a column.</summary>
    public string? Key { get; internal init; }

    /// <summary>Its row; null if everything came from the command line.</summary>
    public PSObject? InputObject { get; }

    /// <summary>The hub's whole response, as it was sent.</summary>
    public string RawJson => _execution.RawJson;

    internal SubmittedExecution? Submitted => _submitted;

    /// <summary>The output in readable form: text unchanged, JSON with a line for each member; null if there is none.</summary>
    public string? FormatOutput() => OutputJson is string json ? ReadableJson.Format(json) : null;

    /// <summary>The output as it fits into a table: text unchanged, JSON as it was sent; null if there is none.</summary>
    public string? SummarizeOutput() => OutputJson is string json ? TextGate.Printable(Output as string ?? json) : null;

    /// <summary>The id and the status.</summary>
    public override string ToString() => $"{ExecutionId} {Status}";
}
