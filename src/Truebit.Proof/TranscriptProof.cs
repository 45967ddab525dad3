namespace Truebit.Proof;

/// <summary>Proves a transcript: a root, its messages, and the messages that these wrap (truebit-api.md 8.1 and 8.2).</summary>
internal sealed class TranscriptProof(JsonMembers root, IReadOnlyList<JsonText> messages, ProofOptions options)
{
    private readonly CheckList _checks = new();
    private readonly List<SignedText> _signed = [];
    private readonly ExecutionIds _ids = new(root);

    public ProofReport Prove()
    {
        _signed.Add(new SignedText("root", root, SignedKind.Hub));
        for (int at = 0; at < messages.Count; at++)
        {
            AddMessage(at);
        }

        KeyFinder keys = new();
        _signed.ForEach(signed => signed.FindKey(keys));
        CommonSigner signer = new(_signed);
        if (signer.IsOne)
        {
            KeyFinder.Remember(signer.Key!);
        }

        foreach (SignedText signed in _signed)
        {
            signed.Check(_checks, signer.KeyOf(signed));
        }

        CheckRootType();
        CheckEnd();
        CheckTranscriptHash();
        _ids.Check(_checks);
        _checks.CheckExecution("transcript", _ids.Id, options.ExpectedExecution);
        signer.Check(_checks, options.ExpectedSigners);
        return new ProofReport(ProofKind.Transcript, _ids.Id, signer.IsOne ? signer.Key?.Address : null, _checks.All) { Dispatcher = signer.IsOne ? signer.Dispatcher?.Address : null };
    }

    private void AddMessage(int at)
    {
        string subject = $"message {at + 1}";
        if (JsonMembers.Read(messages[at]) is not JsonMembers envelope)
        {
            _checks.Failed(subject, ProofRule.Form, "The message is not a JSON object.");
            return;
        }

        string? type = envelope.FindString(MemberNames.Type);
        subject += $" ({Printable(type)})";
        _signed.Add(new SignedText(subject, envelope, SignedKind.Hub));
        _ids.Add(subject, envelope, isNeeded: true);
        bool isOfNodes = type is "node_outcome" or "solutions_revealed";
        if (envelope.Find(MemberNames.Message) is JsonText message && JsonMembers.Read(message) is JsonMembers original)
        {
            isOfNodes |= AddOriginal(subject, original, isOfNodes);
        }

        if (isOfNodes)
        {
            _checks.Note(subject, ProofRule.NodeSignature, ProofResult.NotProvable, "The hub does not publish what the nodes' own signatures cover.");
        }
    }

    /// <summary>Adds the message in an envelope.</summary>
    /// <returns>Whether it is a node's.</returns>
    private bool AddOriginal(string subject, JsonMembers original, bool isOfNodes)
    {
        string? type = original.FindString(MemberNames.Type);
        subject += $" / {Printable(type)}";
        bool isDispatch = type is "dispatch_api_task" or "dispatch_task";
        _ids.Add(subject, original, isDispatch);
        if (isDispatch)
        {
            _signed.Add(new SignedText(subject, original, SignedKind.Dispatch));
            return false;
        }

        // The envelope's hash covers a message that nobody signed, or a node did.
        isOfNodes |= type == "computed_outcome";
        bool isSigned = original.Find(MemberNames.Hash) is not null || original.Find(MemberNames.Signature) is not null;
        if (isSigned && !isOfNodes)
        {
            _signed.Add(new SignedText(subject, original, SignedKind.Other));
        }

        return isOfNodes;
    }

    /// <summary>No hash covers a type, but that around it; around the root there is none. The hub's has no type (truebit-api.md 8.1).</summary>
    private void CheckRootType()
    {
        if (root.Find(MemberNames.Type) is not null)
        {
            _checks.Open("root", ProofRule.Form, "The root has a type, which no hash covers: anyone could have added it.");
        }
    }

    /// <summary>The hub signs what there is whenever it is asked (8.1), so a part of a transcript can be signed as well as the whole.</summary>
    private void CheckEnd()
    {
        if (!messages.Any(static message => JsonMembers.Read(message)?.FindString(MemberNames.Type) == "execution_completed"))
        {
            _checks.Open("transcript", ProofRule.Form, "It has no execution_completed: it was asked for before the end, or the end is missing.");
        }
    }

    /// <summary>Checks the hash that the last message gives of the others. The message's own hash covers it, so nothing depends on it.</summary>
    private void CheckTranscriptHash()
    {
        JsonText last = messages[messages.Count - 1];
        if (JsonMembers.Read(last)?.FindString(MemberNames.TranscriptHash) is not string printed)
        {
            return;
        }

        string subject = $"message {messages.Count}";
        ProofResult result = root.Find(MemberNames.ExecutionId) is JsonText id
            && printed == Hex.Write(TranscriptHash.Compute(id.Bytes, messages.Take(messages.Count - 1).Select(static message => message.Bytes)))
            ? ProofResult.Proved
            : ProofResult.NotProvable;
        _checks.Note(subject, ProofRule.TranscriptHash, result, result == ProofResult.Proved
            ? "Its transcriptHash is the Keccak-256 of the execution's id and the messages before it."
            : "The hub does not publish how the transcript hash is made.");
    }

    /// <summary>A type for a line of text: it is not to be trusted with more than that.</summary>
    private static string Printable(string? type) =>
        type is { Length: > 0 and <= 64 } && type.All(static c => c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) ? type : "unknown type";
}
