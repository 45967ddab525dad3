namespace Truebit.Proof;

/// <summary>
/// Proves an invoice (truebit-api.md 8.3, 4). It has no hash and prints no key. Its signature gives an address whatever the
/// content is, so it proves nothing until that address is known: from the caller, from the transcript, or because the invoice
/// prints its key after all (the sandbox can).
/// </summary>
internal sealed class InvoiceProof(JsonMembers invoice, ProofOptions options)
{
    private const string Subject = "invoice";

    private readonly CheckList _checks = new();
    private readonly string? _executionId = invoice.FindString(MemberNames.ExecutionId);
    private PublicKey? _key;
    private bool _isKnown;

    public ProofReport Prove()
    {
        if (ReadSignature() is RecoverableSignature signature && HasText())
        {
            _key = PublicKey.Recover(CanonicalText.Hash(invoice, CanonicalText.LeftOutOfInvoices), signature);
            CheckPrintedKey();
            CheckExpectedSigner();
            CheckTranscript();
            CheckSignature();
        }

        CheckExecutionId();
        _checks.CheckExecution(Subject, _executionId, options.ExpectedExecution);
        return new ProofReport(ProofKind.Invoice, _executionId, _key?.Address, _checks.All);
    }

    private RecoverableSignature? ReadSignature()
    {
        RecoverableSignature? signature = SignatureText.Read(invoice.Find(MemberNames.AccountingSignature)!.Value, out string problem);
        if (signature is null)
        {
            _checks.Failed(Subject, ProofRule.Signature, $"Its signature is not acceptable: {problem}.");
        }

        return signature;
    }

    private bool HasText()
    {
        if (invoice.Problem is null)
        {
            return true;
        }

        _checks.Failed(Subject, ProofRule.ContentHash, $"It has no canonical text: {invoice.Problem}.");
        return false;
    }

    private void CheckPrintedKey()
    {
        if (invoice.Find(MemberNames.PublicKey) is not JsonText printed)
        {
            return;
        }

        if (PrintedKey.Compare(printed, ProofRule.PublicKey, _key, out _) is string problem)
        {
            _checks.Failed(Subject, ProofRule.PublicKey, $"Its publicKey is not that of the key that signed it: {problem}.");
        }
        else
        {
            _isKnown = true;
            _checks.Proved(Subject, ProofRule.PublicKey, "Its publicKey is that of the key that signed it.");
        }
    }

    private void CheckExpectedSigner()
    {
        const ProofRule rule = ProofRule.ExpectedSigner;
        if (options.ExpectedSigners.Count == 0)
        {
            _checks.Note(Subject, rule, ProofResult.NotProvable, ExpectedSigner.NotGiven);
        }
        else if (_key is not null && options.ExpectedSigners.Contains(_key.Address))
        {
            _isKnown = true;
            _checks.Proved(Subject, rule, $"The signer is {_key.Address}, as expected.");
        }
        else
        {
            _checks.Failed(Subject, rule, $"It is not signed by {ExpectedSigner.List(options.ExpectedSigners)}, or it was changed afterwards.");
        }
    }

    private void CheckTranscript()
    {
        const ProofRule rule = ProofRule.OneSigner;
        if (options.Transcript is not TranscriptSigner transcript)
        {
            return;
        }

        if (transcript.Signer is null)
        {
            _checks.Note(Subject, rule, ProofResult.NotProvable, "Who signed the transcript of this execution is not proved.");
        }
        else if (transcript.Signer.Equals(_key?.Address) || transcript.Dispatcher?.Equals(_key?.Address) == true)
        {
            _isKnown = true;
            _checks.Proved(Subject, rule, $"The transcript is signed by {_key!.Address}, too.");
        }
        else
        {
            _checks.Failed(Subject, rule, $"The transcript is signed by {transcript.Signer}{(transcript.Dispatcher is null ? "" : $" and {transcript.Dispatcher}")}; the invoice is not, or it was changed afterwards.");
        }
    }

    private void CheckSignature()
    {
        const ProofRule rule = ProofRule.Signature;
        if (_key is null)
        {
            _checks.Failed(Subject, rule, "No key can have made its signature: its r is not the coordinate of a point.");
        }
        else if (_isKnown)
        {
            _checks.Proved(Subject, rule, $"The Keccak-256 of its canonical text without accounting_signature is signed by {_key.Address}.");
        }
        else
        {
            _checks.Open(Subject, rule, $"The signature recovers to {_key.Address}. A tampered invoice would merely recover to another address, so this proves nothing by itself: pass -ExpectedSigner, or check it with its transcript.");
        }
    }

    private void CheckExecutionId()
    {
        const ProofRule rule = ProofRule.ExecutionId;
        if (_executionId is null)
        {
            _checks.Open(Subject, rule, "It names no execution.");
        }
        else if (options.Transcript?.ExecutionId is string other)
        {
            bool isSame = other == _executionId;
            Action<string, ProofRule, string> add = isSame ? _checks.Proved : _checks.Failed;
            add(Subject, rule, isSame ? "It names the execution of the transcript." : "The transcript is of another execution.");
        }
    }
}
