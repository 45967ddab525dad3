using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;

namespace Truebit.Commands;

/// <summary>Asks for executions by id or by the objects that stand for them, many at a time.</summary>
public abstract class ExecutionCmdlet : HubCmdlet
{
    private protected const string IdSet = "Id";
    private protected const string ExecutionSet = "Execution";

    /// <summary>An execution of Invoke-TruebitTask, Get-TruebitExecution or Wait-TruebitExecution.</summary>
    [Parameter(ParameterSetName = ExecutionSet, Mandatory = true, ValueFromPipeline = true)]
    public TruebitExecution? InputObject { get; set; }

    /// <summary>The ids that the hub gave.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(ExecutionIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? ExecutionId { get; set; }

    /// <summary>The family that the ids are of; known already for those of this session.</summary>
    [Parameter(ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    public TaskKind Kind { get; set; }

    /// <summary>How long to wait; a number is seconds. 15 minutes unless given.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = DefaultTimeout;

    /// <summary>The most executions that are asked for at a time.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 256;

    /// <inheritdoc/>
    private protected override bool NeedsKey => false;

    /// <inheritdoc/>
    private protected override int Limit => ThrottleLimit;

    /// <summary>Whether only a finished execution is an answer.</summary>
    private protected abstract bool UntilFinished { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Ask(InputObject.Kind, InputObject.ExecutionId, InputObject.Submitted, InputObject.InputObject, InputObject);
        }

        foreach (string id in ExecutionId ?? [])
        {
            SubmittedExecution? submitted = State.Submitted.Find(id);
            bool isGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Kind));
            Ask(isGiven || submitted is null ? Kind : submitted.Kind, id, submitted, null, id);
        }
    }

    /// <summary>Asks for one execution.</summary>
    private protected void Ask(TaskKind kind, string id, SubmittedExecution? submitted, PSObject? row, object target) =>
        Submit(null, target, async () =>
        {
            HubExecution execution = await Runner.GetAsync(kind, id, UntilFinished, Timeout, Pump.Stopped).ConfigureAwait(false);
            if (execution.IsFinished)
            {
                State.Submitted.Finished(id);
            }

            return new TruebitExecution(execution, submitted, UntilFinished ? DateTime.UtcNow : null, row);
        });
}
