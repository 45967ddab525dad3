namespace Truebit.Pump;

/// <summary>How an execution ended here: with a result or an exception.</summary>
internal sealed record ExecutionEnd(RowRef Row, object? Result, Exception? Error);
