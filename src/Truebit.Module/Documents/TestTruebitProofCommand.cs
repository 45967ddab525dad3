using System.Management.Automation;
using Truebit.Documents;
using Truebit.Proof;

namespace Truebit.Commands;

/// <summary>Proves transcripts and invoices, offline.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TruebitProof", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(TruebitProof))]
public sealed class TestTruebitProofCommand : TruebitCmdlet, IDisposable
{
    private const string ObjectSet = "Object";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly OrderedWork<(object Target, IReadOnlyList<DocumentProof> Proofs, Exception? Error)> _work = new();
    private EthereumAddress[] _expected = [];
    private InvoiceMatcher? _matcher;

    /// <summary>A transcript or invoice: an object with its RawJson, its JSON as text, or a file of Get-ChildItem.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Files, with wildcards: transcripts, invoices, and zips of Export-TruebitEvidence.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Files, without wildcards.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The addresses of which one must have made each signature.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedSigner { get; set; }

    protected override void BeginProcessing()
    {
        _matcher = new InvoiceMatcher();
        _expected = OrThrowTerminating(() => SignerAddress.Parse(ExpectedSigner), ExpectedSigner);
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            ProcessObject();
        }

        foreach (string path in Path ?? [])
        {
            ProcessPath(path, () => GetResolvedProviderPathFromPSPath(path, out _));
        }

        foreach (string path in LiteralPath ?? [])
        {
            ProcessPath(path, () => [ResolveFile(path)]);
        }
    }

    protected override void EndProcessing()
    {
        while (!_work.IsEmpty)
        {
            Finish();
        }

        foreach (DocumentProof invoice in _matcher!.Rest)
        {
            WriteObject(invoice.ToProof());
        }
    }

    protected override void StopProcessing() => _work.Stop();

    /// <summary>The only call that comes when something downstream ends the pipeline.</summary>
    public void Dispose() => _work.Dispose();

    private void ProcessObject()
    {
        try
        {
            if (InputObject?.BaseObject is FileInfo file)
            {
                StartFile(file.FullName, InputObject);
                return;
            }

            byte[] json = DocumentObject.Read(InputObject);
            EthereumAddress[] expected = _expected;
            Start(InputObject!, () => [DocumentProof.Create(json, null, expected)]);
        }
        catch (FieldException e)
        {
            WriteError(Errors.ToErrorRecord(e, InputObject));
        }
    }

    private void ProcessPath(string given, Func<ICollection<string>> resolve)
    {
        try
        {
            ICollection<string> paths = resolve();
            if (paths.Count == 0)
            {
                WriteNotFound(given, $"No file matches '{given}'.");
            }

            foreach (string path in paths)
            {
                StartFile(path, given);
            }
        }
        catch (SessionStateException e)
        {
            WriteNotFound(given, e.Message);
        }
    }

    private void WriteNotFound(string given, string message) =>
        WriteError(Errors.ToErrorRecord(new ErrorException("FileNotReadable", ErrorCategory.ObjectNotFound, message), given));

    private void StartFile(string path, object target)
    {
        EthereumAddress[] expected = _expected;
        Start(target, () => DocumentFile.Prove(path, expected));
    }

    /// <summary>Starts a proof, and writes finished ones until there is room for another.</summary>
    private void Start(object target, Func<IReadOnlyList<DocumentProof>> prove)
    {
        _work.Start(() =>
        {
            try
            {
                return (target, prove(), null);
            }
            catch (Exception e)
            {
                // It belongs to this document; the pipeline thread reports it.
                return (target, [], e);
            }
        });
        while (_work.IsReady || _work.IsFull)
        {
            Finish();
        }
    }

    private void Finish()
    {
        (object target, IReadOnlyList<DocumentProof> proofs, Exception? error) = _work.Take();
        if (error is not null)
        {
            WriteError(Errors.ToErrorRecord(error, target));
        }

        foreach (DocumentProof proof in proofs.SelectMany(_matcher!.Take))
        {
            WriteObject(proof.ToProof());
        }
    }
}
