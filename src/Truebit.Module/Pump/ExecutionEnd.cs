namespace Truebit.Pump;

/// <summary>How an execution ended here: with a result or an exception.</summary>
internal sealed record ExecutionEnd(int? Number, object? Target, object? Result, Exception? Error);
