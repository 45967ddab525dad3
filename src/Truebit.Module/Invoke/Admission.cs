namespace Truebit.Invoke;

/// <summary>What became of a row: it has a Row if it is this run's, a Problem if it is not valid, and else it is another shard's or passed over.</summary>
/// <param name="Row">The row, ready to be sent.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Number">Its place in the input, from 1; null if there is no input.</param>
/// <param name="IsPassedOver">Whether it has no value in any column.</param>
internal readonly record struct Admission(RunRow? Row, Exception? Problem, int? Number, bool IsPassedOver);
