namespace Truebit.Proof;

/// <summary>
/// The key by which a transcript is signed, and whether that is certain. The hub that wraps messages and the one that dispatches them may
/// have a key each: what is published has one only, and rules out neither.
/// </summary>
internal sealed class CommonSigner
{
    private const string Subject = "transcript";

    private readonly List<SignedText> _signed;
    private readonly List<SignedText> _dispatched = [];
    private readonly int _keys;

    public CommonSigner(IEnumerable<SignedText> signed)
    {
        _signed = [.. signed.Where(static text => text.IsSignedByHub && text.Key is not null)];

        // Of several keys, that of most signatures: a changed message then is the one that stands out. The first, if it is a draw.
        Key = _signed.GroupBy(static text => text.Key!).OrderByDescending(static group => group.Count()).FirstOrDefault()?.Key;

        // A message with its own key must name it in content that is proved: any changed signature gives some key.
        List<SignedText> other = _signed.FindAll(text => text is { IsDispatch: true, NamesKey: true, IsContentProved: true } && !text.Key!.Equals(Key));
        if (other.Count > 0 && other.TrueForAll(text => text.Key!.Equals(other[0].Key)))
        {
            _dispatched = other;
            _signed.RemoveAll(other.Contains);
        }

        _keys = _signed.Select(static text => text.Key).Distinct().Count();
    }

    /// <summary>The key of the root and of the envelopes.</summary>
    public PublicKey? Key { get; }

    /// <summary>The key of the dispatch message, if it has one of its own.</summary>
    public PublicKey? Dispatcher => _dispatched.FirstOrDefault()?.Key;

    public bool IsOne => _keys == 1;

    /// <summary>The key that should have signed this.</summary>
    public PublicKey? KeyOf(SignedText text) => _dispatched.Contains(text) ? Dispatcher : Key;

    public void Check(CheckList checks, IReadOnlyList<EthereumAddress> expected)
    {
        const ProofRule rule = ProofRule.OneSigner;
        bool isExpected = IsOne && expected.Contains(Key!.Address) && (Dispatcher is null || expected.Contains(Dispatcher.Address));
        bool isBound = IsBound(isExpected);
        if (_keys == 0)
        {
            checks.Open(Subject, rule, "No signature gives a key.");
        }
        else if (!IsOne)
        {
            checks.Failed(Subject, rule, $"The {_signed.Count} signatures of the hub give {_keys} different keys.");
        }
        else if (Dispatcher is not null && !isExpected)
        {
            checks.Open(Subject, rule, $"The dispatch message is signed by {Dispatcher.Address}, the rest by {Key!.Address}. A hub may have two keys, but anyone can add a key of their own: give both addresses as expected signers, if you know them.");
        }
        else if (!isBound)
        {
            checks.Open(Subject, rule, $"All signatures give {Key!.Address}, but no content that is proved ties them to that key: such signatures can be made without it.");
        }
        else
        {
            string dispatcher = Dispatcher is null ? "" : $" The dispatch message is signed by {Dispatcher.Address}, which is expected too.";
            checks.Proved(Subject, rule, $"The {_signed.Count} signatures of the hub are all by {Key!.Address}.{dispatcher}");
        }

        CheckExpected(checks, expected, isExpected, isBound);
    }

    private void CheckExpected(CheckList checks, IReadOnlyList<EthereumAddress> expected, bool isExpected, bool isBound)
    {
        const ProofRule rule = ProofRule.ExpectedSigner;
        if (expected.Count == 0)
        {
            checks.Note(Subject, rule, ProofResult.NotProvable, ExpectedSigner.NotGiven);
        }
        else if (!isExpected)
        {
            checks.Failed(Subject, rule, $"The signatures are not all by {ExpectedSigner.List(expected)}.");
        }
        else if (!isBound)
        {
            checks.Open(Subject, rule, $"The signatures fit {ExpectedSigner.List(expected)}, but no content is proved, and without it they can be made by anyone.");
        }
        else
        {
            checks.Proved(Subject, rule, Dispatcher is null
                ? $"The signer is {Key!.Address}, as expected."
                : $"The signers are {Key!.Address} and {Dispatcher.Address}, as expected.");
        }
    }

    /// <summary>
    /// Whether the signatures prove that the key's owner made them. A signature of a hash does not, unless the hash is that of
    /// known content: for any key, r and s can be chosen first and the hash be computed from them. Nor does one signature with
    /// its content, unless the key is known otherwise: some key always fits. The key is known when the caller knows it, when
    /// content that is proved prints it, or when a second content that is proved gives the same key.
    /// </summary>
    private bool IsBound(bool isExpected)
    {
        List<SignedText> proved = IsOne ? _signed.FindAll(static text => text.IsContentProved) : [];
        return proved.Count > 0
            && (isExpected || proved.Exists(static text => text.NamesKey) || proved.Exists(text => !text.Hash.AsSpan().SequenceEqual(proved[0].Hash)));
    }
}

/// <summary>What is said of the signers that the caller expects.</summary>
internal static class ExpectedSigner
{
    public const string NotGiven = "No signer is expected, so this can only say who signed, not that it was the hub.";

    /// <summary>The addresses in words.</summary>
    public static string List(IReadOnlyList<EthereumAddress> expected) => string.Join(" or ", expected);
}
