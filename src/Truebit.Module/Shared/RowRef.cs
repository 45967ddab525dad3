namespace Truebit;

/// <summary>What an execution or an error is about.</summary>
/// <param name="Target">The TargetObject of errors: usually the row.</param>
/// <param name="Number">The row's place in the input, from 1; null if there is no input.</param>
/// <param name="Key">The row's key, if -Key names a column.</param>
internal sealed record RowRef(object? Target, int? Number = null, string? Key = null)
{
    /// <summary>The row's name in the run's journal.</summary>
    public string? RowId { get; init; }

    /// <summary>The run's journal.</summary>
    public string? Journal { get; init; }

    /// <summary>Which row it is, in words; null if there is no input.</summary>
    public string? Words => Number is int number ? $"Row {number}{(Key is null ? "" : $" ({Key})")}" : null;
}
