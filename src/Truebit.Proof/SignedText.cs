namespace Truebit.Proof;

/// <summary>An object with the hash of its content and a signature of that hash: the root, a message, or the message in it.</summary>
internal sealed class SignedText
{
    private readonly SignedKind _kind;
    private readonly bool _hasHash;
    private readonly bool _hasSignature;
    private readonly RecoverableSignature? _signature;
    private readonly string _signatureProblem = "";

    public SignedText(string subject, JsonMembers members, SignedKind kind)
    {
        Subject = subject;
        Members = members;
        _kind = kind;
        _hasHash = members.Find(MemberNames.Hash) is not null;
        Hash = Hex.Read(members.FindString(MemberNames.Hash), Keccak256.Size);
        if (members.Find(MemberNames.Signature) is JsonText signature)
        {
            _hasSignature = true;
            _signature = SignatureText.Read(signature, out _signatureProblem);
        }

        IsContentProved = Hash is not null && members.Problem is null
            && CanonicalText.Hash(members, CanonicalText.LeftOutOfMessages).AsSpan().SequenceEqual(Hash);
    }

    public string Subject { get; }

    public JsonMembers Members { get; }

    /// <summary>The hash that is printed.</summary>
    public byte[]? Hash { get; }

    /// <summary>The printed hash is that of the content. How it was found does not matter: no other content has it.</summary>
    public bool IsContentProved { get; }

    /// <summary>The key that the signature gives.</summary>
    public PublicKey? Key { get; private set; }

    /// <summary>The content prints the key, or the address, that the signature gives.</summary>
    public bool NamesKey { get; private set; }

    public bool IsSignedByHub => _kind != SignedKind.Other;

    public bool IsDispatch => _kind == SignedKind.Dispatch;

    public void FindKey(KeyFinder keys)
    {
        Key = Hash is null || _signature is null ? null : keys.Find(Hash, _signature);
        NamesKey = Prints(ProofRule.PublicKey, MemberNames.PublicKey) || Prints(ProofRule.PublicKey, MemberNames.PublicKeyInProse)
            || (_kind != SignedKind.Hub && Prints(ProofRule.SenderAddress, MemberNames.SenderAddress));
    }

    /// <param name="checks">Collects the results.</param>
    /// <param name="signer">The key that should have signed it.</param>
    public void Check(CheckList checks, PublicKey? signer)
    {
        CheckContent(checks);
        CheckSignature(checks, signer);
        bool isCreation = _kind == SignedKind.Hub && Members.FindString(MemberNames.Type) is "api_task_created" or "task_created";
        CheckPrinted(checks, ProofRule.PublicKey, MemberNames.PublicKey, isCreation);
        CheckPrinted(checks, ProofRule.PublicKey, MemberNames.PublicKeyInProse, isCreation);
        if (_kind != SignedKind.Hub)
        {
            CheckPrinted(checks, ProofRule.SenderAddress, MemberNames.SenderAddress, _kind == SignedKind.Dispatch);
        }
    }

    private void CheckContent(CheckList checks)
    {
        const ProofRule rule = ProofRule.ContentHash;
        if (Members.Problem is not null)
        {
            checks.Failed(Subject, rule, $"It has no canonical text: {Members.Problem}.");
        }
        else if (!_hasHash)
        {
            Miss(checks, rule, "It has no msgHash.");
        }
        else if (Hash is null)
        {
            checks.Failed(Subject, rule, "Its msgHash is not 64 lower-case hexadecimal digits.");
        }
        else if (IsContentProved)
        {
            checks.Proved(Subject, rule, "Its msgHash is the Keccak-256 of its canonical text without type, msgHash and signature.");
        }
        else if (_kind == SignedKind.Dispatch)
        {
            checks.Failed(Subject, rule, "Its msgHash is not that of its content: one of them was changed.");
        }
        else
        {
            checks.Open(Subject, rule, "The hub does not publish how this hash is made, and the rule of its dispatch messages does not reproduce it, so a change of the content cannot be excluded.");
        }
    }

    private void CheckSignature(CheckList checks, PublicKey? signer)
    {
        const ProofRule rule = ProofRule.Signature;
        if (!_hasSignature)
        {
            Miss(checks, rule, "It has no signature.");
        }
        else if (_signature is null)
        {
            checks.Failed(Subject, rule, $"Its signature is not acceptable: {_signatureProblem}.");
        }
        else if (Hash is null)
        {
            checks.Open(Subject, rule, "There is no hash of which this could be the signature.");
        }
        else if (Key is null)
        {
            checks.Failed(Subject, rule, "No key can have made its signature: its r is not the coordinate of a point.");
        }
        else if (!Key.Equals(signer))
        {
            Action<string, ProofRule, string> add = IsSignedByHub ? checks.Failed : checks.Open;
            add(Subject, rule, $"Its signature gives {Key.Address}, which is not the signer of the rest: another key signed, or its hash or signature was changed.");
        }
        else
        {
            string caveat = IsContentProved ? "" : " That says nothing about its content unless the hash is known to be the content's";
            checks.Proved(Subject, rule, $"Its msgHash is signed by {Key.Address}.{caveat}".TrimEnd('.') + ".");
        }
    }

    /// <summary>Checks a key or an address that is printed, if it is.</summary>
    /// <param name="checks">Collects the result.</param>
    /// <param name="rule">Whether it is a key or an address.</param>
    /// <param name="name">The member.</param>
    /// <param name="mustBeSigner">Whether it is known to be the signer's, so that another one is a failure.</param>
    private void CheckPrinted(CheckList checks, ProofRule rule, string name, bool mustBeSigner)
    {
        if (Members.Find(name) is not JsonText value)
        {
            return;
        }

        string? problem = PrintedKey.Compare(value, rule, Key, out bool isReadable);
        if (problem is null)
        {
            checks.Proved(Subject, rule, $"Its {name} is that of the key that signed it.");
        }
        else if (mustBeSigner && (Key is not null || !isReadable))
        {
            checks.Failed(Subject, rule, $"Its {name} is not that of the key that signed it: {problem}.");
        }
        else
        {
            checks.Open(Subject, rule, $"Its {name} cannot be attributed: {problem}.");
        }
    }

    private bool Prints(ProofRule rule, string name) =>
        Key is not null && Members.Find(name) is JsonText value && PrintedKey.Compare(value, rule, Key, out _) is null;

    /// <summary>A dispatch message always has both a hash and a signature; of the others that is not known.</summary>
    private void Miss(CheckList checks, ProofRule rule, string reason)
    {
        Action<string, ProofRule, string> add = _kind == SignedKind.Dispatch ? checks.Failed : checks.Open;
        add(Subject, rule, reason);
    }
}

/// <summary>What is known of a signed object.</summary>
internal enum SignedKind
{
    /// <summary>The root, or a message as the hub wraps it: the hub signs it; how it is hashed is not published.</summary>
    Hub,

    /// <summary>The message that starts an execution: the hub signs it, and how it is hashed was established.</summary>
    Dispatch,

    /// <summary>A message of which not even the signer is known.</summary>
    Other,
}
