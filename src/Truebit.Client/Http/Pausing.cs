namespace Truebit.Client;

/// <summary>What asking for a pause has changed.</summary>
internal enum Pausing
{
    /// <summary>A pause that is as long was on already.</summary>
    Unchanged,

    /// <summary>The pause that is on lasts noticeably longer now.</summary>
    Extended,

    /// <summary>There was none.</summary>
    Begun,
}
