using System.Management.Automation;
using Truebit.Completion;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>Executes tasks by name: which task it is, is said alike for both kinds.</summary>
public abstract class TaskCmdlet : InvokeCmdlet
{
    private RowBinder _binder = null!;

    /// <summary>The namespace that owns the task; or a column of that name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? Namespace { get; set; }

    /// <summary>The task's registered name; or a column of that name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? TaskName { get; set; }

    /// <summary>The label of the version to run; or a column of that name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? Label { get; set; }

    /// <summary>The number of the version to run; or a column of that name.</summary>
    [Parameter]
    public uint? Version { get; set; }

    /// <summary>Sent as it is, in milliseconds by all evidence (truebit-api.md 4.3); or a column of that name.</summary>
    [Parameter]
    public uint? ExecutionTimeout { get; set; }

    /// <summary>What makes requests of rows.</summary>
    private protected abstract RowBinder CreateBinder(GivenTask given);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _binder = CreateBinder(new GivenTask
        {
            Namespace = Namespace,
            TaskName = TaskName,
            Label = Label,
            Version = Version,
            Mode = GivenMode,
            ExecutionTimeout = ExecutionTimeout,
        });
    }

    /// <inheritdoc/>
    private protected override BoundRow Bind(PSObject? row) => _binder.Bind(row);
}
