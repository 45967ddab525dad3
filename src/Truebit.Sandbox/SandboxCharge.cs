using System.Text;

namespace Truebit.Sandbox;

/// <summary>One execution that was made and charged. A sandbox keeps them all, so it holds no more than it must.</summary>
public sealed class SandboxCharge
{
    /// <summary>Charges it now.</summary>
    internal SandboxCharge(string executionId, TaskKind kind, ExecuteRequest request, bool wasAnswered)
    {
        ExecutionId = executionId;
        Kind = kind;
        // Tasks have few names: each is kept once.
        Namespace = string.Intern(request.Namespace);
        TaskName = string.Intern(request.TaskName);
        RawInput = Encoding.UTF8.GetBytes(request.Input.Value.GetRawText());
        WasAnswered = wasAnswered;
    }

    /// <summary>The id of the execution.</summary>
    public string ExecutionId { get; }

    /// <summary>The family of the task.</summary>
    public TaskKind Kind { get; }

    /// <summary>The task's namespace.</summary>
    public string Namespace { get; }

    /// <summary>The task's name.</summary>
    public string TaskName { get; }

    /// <summary>The input as JSON, as it was sent, with the values of its headers: who shows it hides them.</summary>
    public string Input => Encoding.UTF8.GetString(RawInput);

    /// <summary>When it was accepted (UTC).</summary>
    public DateTime AcceptedAt { get; } = DateTime.UtcNow;

    /// <summary>False where a fault was to keep the id from the caller.</summary>
    public bool WasAnswered { get; }

    /// <summary>What the payer is charged, in the hub's gas: what the invoice adds up to.</summary>
    public decimal Gas => Tariff.Charge(Kind, InputBytes, OutputBytes);

    /// <summary>The input as it was sent, with the values of its headers: the transcript has it, as at the hub (truebit-api.md 7).</summary>
    internal byte[] RawInput { get; }

    internal int InputBytes => RawInput.Length;

    /// <summary>Known when the work is done, which is at once.</summary>
    internal int OutputBytes { get; set; }
}
