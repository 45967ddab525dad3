namespace Truebit.Sandbox;

/// <summary>Answers with the transcripts and invoices of finished executions (truebit-api.md 1, rows 5 to 7).</summary>
internal sealed class DocumentEndpoint(Executions executions, FaultInjector faults, Ledger ledger)
{
    private readonly Lazy<Notary> _notary = new(static () => new Notary());

    public SandboxResponse Transcript(string id) => new(200, _notary.Value.WriteTranscript(Find(executions.Find(id))));

    public SandboxResponse TranscriptByHash(string hash) => new(200, _notary.Value.WriteTranscript(Find(_notary.Value.FindByHash(hash))));

    public SandboxResponse Invoice(string id) => new(200, _notary.Value.WriteInvoice(Find(executions.Find(id))));

    private Execution Find(Execution? execution)
    {
        if (faults.DrawStatusError() is int status)
        {
            ledger.CountFault();
            throw new RejectedException(status, "document unavailable (injected sandbox fault)");
        }

        if (execution?.IsFinished == true && faults.HidesRecords(execution))
        {
            ledger.CountFault();
            execution = null;
        }

        return execution?.IsFinished == true
            ? execution
            : throw new RejectedException(404, "no transcript or invoice of this execution is known");
    }
}
