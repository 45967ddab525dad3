namespace Truebit.Proof;

/// <summary>
/// The keys of signatures. It tries the key that was found last before it recovers another, because verifying with tables that
/// exist costs less than recovering, and a transcript has one signer.
/// </summary>
internal sealed class KeyFinder
{
    // Transcripts come by the thousand from one hub, so they share this as well. It is public data, and only ever a first guess.
    private static volatile PublicKey? _guess;

    private readonly Dictionary<PublicKey, PublicKey> _known = [];
    private PublicKey? _last = _guess;

    /// <summary>The public key that made <paramref name="signature"/> over <paramref name="hash"/>; null where there is none.</summary>
    public PublicKey? Find(byte[] hash, RecoverableSignature signature)
    {
        if (_last is not null && _last.Verify(hash, signature))
        {
            return _last;
        }

        if (PublicKey.Recover(hash, signature) is not PublicKey found)
        {
            return null;
        }

        // The one that is known already has the tables.
        if (_known.TryGetValue(found, out PublicKey? known))
        {
            found = known;
        }

        _known[found] = found;
        return _last = found;
    }

    /// <summary>Says whose signatures are to be expected next.</summary>
    public static void Remember(PublicKey key) => _guess = key;
}
