namespace Truebit.Proof;

/// <summary>The key by which a transcript is signed, and whether that is certain.</summary>
internal sealed class CommonSigner
{
    private const string Subject = "transcript";

    private readonly List<SignedText> _signed;
    private readonly int _keys;

    public CommonSigner(IEnumerable<SignedText> signed)
    {
        _signed = [.. signed.Where(static text => text.IsSignedByHub && text.Key is not null)];

        // Of several keys, that of most signatures: a changed message then is the one that stands out. The first, if it is a draw.
        List<IGrouping<PublicKey, SignedText>> byKey = [.. _signed.GroupBy(static text => text.Key!).OrderByDescending(static group => group.Count())];
        _keys = byKey.Count;
        Key = byKey.FirstOrDefault()?.Key;
    }

    public PublicKey? Key { get; }

    public bool IsOne => _keys == 1;

    public void Check(CheckList checks, EthereumAddress? expected)
    {
        const ProofRule rule = ProofRule.OneSigner;
        bool isExpected = IsOne && Key!.Address.Equals(expected);
        bool isBound = IsBound(isExpected);
        if (_keys == 0)
        {
            checks.Open(Subject, rule, "No signature gives a key.");
        }
        else if (!IsOne)
        {
            checks.Failed(Subject, rule, $"The {_signed.Count} signatures of the hub give {_keys} different keys.");
        }
        else if (!isBound)
        {
            checks.Open(Subject, rule, $"All signatures give {Key!.Address}, but no content that is proved ties them to that key: such signatures can be made without it.");
        }
        else
        {
            checks.Proved(Subject, rule, $"The {_signed.Count} signatures of the hub are all by {Key!.Address}.");
        }

        CheckExpected(checks, expected, isExpected, isBound);
    }

    private void CheckExpected(CheckList checks, EthereumAddress? expected, bool isExpected, bool isBound)
    {
        const ProofRule rule = ProofRule.ExpectedSigner;
        if (expected is null)
        {
            checks.Note(Subject, rule, ProofResult.NotProvable, ExpectedSigner.NotGiven);
        }
        else if (!isExpected)
        {
            checks.Failed(Subject, rule, $"The signatures are not all by {expected}.");
        }
        else if (!isBound)
        {
            checks.Open(Subject, rule, $"The signatures fit {expected}, but no content is proved, and without it they can be made by anyone.");
        }
        else
        {
            checks.Proved(Subject, rule, $"The signer is {expected}, as expected.");
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

/// <summary>What is said where the caller does not say who should have signed.</summary>
internal static class ExpectedSigner
{
    public const string NotGiven = "No signer is expected, so this can only say who signed, not that it was the hub.";
}
