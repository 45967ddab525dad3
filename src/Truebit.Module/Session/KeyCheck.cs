namespace Truebit;

/// <summary>What a hub said to a key that came with a question.</summary>
public enum KeyCheck
{
    /// <summary>The hub could not be asked, or its answer does not tell.</summary>
    Unknown,

    /// <summary>There was no key to ask with.</summary>
    Missing,

    /// <summary>The hub answers this question with and without a key, so it does not tell whether the key is good.</summary>
    NotChecked,

    /// <summary>The hub wants a key for this question, and took this one.</summary>
    Accepted,

    /// <summary>The hub refused the key.</summary>
    Refused,
}
