namespace Truebit.Invoke;

/// <summary>What to do with a row, according to the journal.</summary>
internal enum RowAction
{
    Send,
    Follow,
    Replay,
    Report,
    Skip,
}
