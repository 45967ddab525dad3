namespace Truebit.Client;

/// <summary>What came of a hub's wish for a pause.</summary>
/// <param name="Wait">How long nothing is sent.</param>
/// <param name="Begins">Whether there was no pause before.</param>
/// <param name="IsNews">Whether the user should be told: not more than once a minute, unless it lasts noticeably longer than was told.</param>
internal readonly record struct PauseNotice(TimeSpan Wait, bool Begins, bool IsNews);
