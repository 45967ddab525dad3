namespace Truebit.Invoke;

/// <summary>Whether a row is this run's: then it has a Row; or a Problem if it is not valid; or neither if it is another shard's.</summary>
/// <param name="Row">The row, ready to be sent.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Number">Its place in the input, from 1; null if there is no input.</param>
internal readonly record struct Admission(RunRow? Row, Exception? Problem, int? Number);
