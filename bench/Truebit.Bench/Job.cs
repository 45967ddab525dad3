using System.Text.Json;

namespace Truebit.Bench;

/// <summary>What one client is to do.</summary>
internal sealed record Job
{
    /// <summary>A block of the warm-up that is quicker than the one before by less than this is the last.</summary>
    public const double Steady = 1.03;

    /// <summary>The most blocks of a warm-up.</summary>
    public const int MaxBlocks = 10;

    public required Uri Hub { get; init; }

    /// <summary>Where the client sets the hub's counters to zero after its warm-up.</summary>
    public required Uri Control { get; init; }

    public required int Rows { get; init; }

    /// <summary>Rows before the measurement, of another task, in blocks of so many until the rate is steady; 0 for a cold start.</summary>
    public required int WarmUp { get; init; }

    public required int ThrottleLimit { get; init; }

    /// <summary>The hub holds the answer; otherwise the client submits and polls.</summary>
    public required bool Sync { get; init; }

    /// <summary>How long a task takes that is polled for.</summary>
    public required int TaskMilliseconds { get; init; }

    /// <summary>Whether the journal has all rows before the client begins.</summary>
    public bool IsReplay { get; init; }

    /// <summary>The journal's file; null for none.</summary>
    public string? Journal { get; init; }

    /// <summary>The OpenAPI document by which rows are checked; null for none.</summary>
    public string? Manifest { get; init; }

    public static Job Parse(string json) => JsonSerializer.Deserialize<Job>(json)!;

    public override string ToString() => JsonSerializer.Serialize(this);
}

/// <summary>What a client says of itself afterwards. client.ps1 writes the same members.</summary>
internal sealed record ClientResult
{
    /// <summary>Results that came back.</summary>
    public required int Rows { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Until the first result.</summary>
    public required double FirstSeconds { get; init; }

    /// <summary>Of the whole process, during the measurement.</summary>
    public required double CpuSeconds { get; init; }

    public required long AllocatedBytes { get; init; }

    /// <summary>Of the whole process, from its start.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>How long the journal is; 0 without one.</summary>
    public long JournalBytes { get; init; }
}
