using System.Management.Automation;
using System.Text.RegularExpressions;
using Truebit.Client;
using Truebit.Json;
using Truebit.Proof;
using Truebit.Proofs;

namespace Truebit.Commands;

/// <summary>Writes a zip for each execution, with all that the hub says of it and what of that is proved.</summary>
[Cmdlet(VerbsData.Export, "TruebitEvidence", DefaultParameterSetName = ExecutionSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTruebitEvidenceCommand : StatusCmdlet
{
    /// <summary>The ids that the hub gives, and whatever else is a file's name everywhere and leads into no other folder.</summary>
    private static readonly Regex FileName = new(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\z", RegexOptions.CultureInvariant);

    private string _folder = "";
    private EthereumAddress? _expected;

    /// <summary>The folder for the zips, which are named after the executions; it is made where there is none.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The address that must have signed; the report says whether it has.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExpectedSigner { get; set; }

    /// <summary>Waits for the end of the execution, and for what the hub writes after it.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Writes over zips that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the zip even where its files have the API key or values of the request's headers in the clear.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <inheritdoc/>
    private protected override bool UntilFinished => Wait;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _expected = Must(() => SignerAddress.Read(ExpectedSigner), ExpectedSigner);
        _folder = Must(ResolveFolder, Path);
    }

    /// <inheritdoc/>
    private protected override void Ask(TaskKind kind, string id, SubmittedExecution? submitted, PSObject? row, object target)
    {
        try
        {
            string path = FileName.IsMatch(id)
                ? System.IO.Path.Combine(_folder, id + ".zip")
                : throw new FieldException("ExecutionId", $"'{id}' cannot be the name of a file");
            if (File.Exists(path) && !Force)
            {
                throw new ErrorException("FileExists", ErrorCategory.ResourceExists, $"'{path}' is there already; -Force writes over it.");
            }

            if (ShouldProcess(path, $"Export the evidence of the execution {id}"))
            {
                Queue.Submit(null, target, () => ExportAsync(kind, id, submitted?.Request, path));
            }
        }
        catch (Exception e) when (e is FieldException or ErrorException)
        {
            Queue.Fail(Errors.Record(e, target));
        }
    }

    private async Task<FileInfo> ExportAsync(TaskKind kind, string id, SentRequest? request, string path)
    {
        HubExecution result = await GetAsync(kind, id).ConfigureAwait(false);
        HubRecord transcript = await Hub.Runner.GetAsync(RecordQuery.Transcript(id), Wait, Timeout, Pump.Stopped).ConfigureAwait(false);
        if (!transcript.IsComplete)
        {
            throw new ErrorException(
                nameof(HubErrorCode.TranscriptNotFound), ErrorCategory.ObjectNotFound, $"The transcript of the execution '{id}' is not complete yet: -Wait waits for it.");
        }

        HubRecord invoice = await Hub.Runner.GetAsync(RecordQuery.Invoice(id), Wait, Timeout, Pump.Stopped).ConfigureAwait(false);
        Evidence evidence = new(id, request, result, transcript, invoice, _expected);
        if (!IncludeSecret)
        {
            CheckSecrets(evidence, request);
        }

        return EvidenceWriter.Write(path, evidence.ToZip(), Force);
    }

    private void CheckSecrets(Evidence evidence, SentRequest? request)
    {
        List<KeyValuePair<string, string>> secrets = [.. request?.RevealHeaders() ?? []];
        if (Hub.Key is not null)
        {
            secrets.Add(new KeyValuePair<string, string>("the API key", Hub.Key.Reveal()));
        }

        string[] found = [.. evidence.Find(secrets)];
        if (found.Length > 0)
        {
            throw new ErrorException(
                "SecretInEvidence",
                ErrorCategory.SecurityError,
                $"Nothing was written, because the API key or values of headers stand in the clear in what is known of the execution '{evidence.ExecutionId}'"
                    + $" ({string.Join("; ", found)}). They cannot be left out of what is signed; -IncludeSecret writes them.");
        }
    }

    private string ResolveFolder()
    {
        try
        {
            return GetUnresolvedProviderPathFromPSPath(Path);
        }
        catch (SessionStateException e)
        {
            throw new ErrorException("FileNotWritable", ErrorCategory.ObjectNotFound, e.Message);
        }
    }
}
