using System.Management.Automation;
using System.Text.RegularExpressions;
using Truebit.Client;
using Truebit.Documents;
using Truebit.Follow;
using Truebit.Proof;

namespace Truebit.Commands;

/// <summary>Writes a zip for each execution, with everything the hub says about it and what of that is proved.</summary>
[Cmdlet(VerbsData.Export, "TruebitEvidence", DefaultParameterSetName = ExecutionSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTruebitEvidenceCommand : ExecutionCmdlet
{
    /// <summary>Matches the hub's ids, and everything else that is a valid file name on all systems and stays in the folder.</summary>
    private static readonly Regex FileName = new(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\z", RegexOptions.CultureInvariant);

    private string _folder = "";
    private EthereumAddress[] _expected = [];

    /// <summary>Whether the ids are of API or function tasks. Not needed for executions of this session.</summary>
    [Parameter(ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    public TaskKind Kind { get; set; }

    /// <summary>The folder for the zips, which are named after the executions. It is created if necessary.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The addresses of which one must have made each signature; the report says whether they did.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedSigner { get; set; }

    /// <summary>Waits for the end of the execution, and then for its transcript and invoice.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Overwrites existing zips.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the zip even if its files contain the API key or header values in plain text.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _expected = OrThrowTerminating(() => SignerAddress.Parse(ExpectedSigner), ExpectedSigner);
        _folder = OrThrowTerminating(ResolveFolder, Path);
    }

    private protected override void Query(ExecutionRef execution)
    {
        string id = execution.Id;
        try
        {
            string path = FileName.IsMatch(id)
                ? System.IO.Path.Combine(_folder, id + ".zip")
                : throw new FieldException("ExecutionId", $"'{id}' cannot be a file name");
            if (File.Exists(path) && !Force)
            {
                throw new ErrorException("FileExists", ErrorCategory.ResourceExists, $"'{path}' already exists; use -Force to overwrite it.");
            }

            if (ShouldProcess(path, $"Export the evidence of execution {id}"))
            {
                Queue.Submit(execution.Ref, () => ExportAsync(execution, path));
            }
        }
        catch (TruebitException e)
        {
            Queue.Fail(Errors.ToErrorRecord(e, execution.Target));
        }
    }

    private async Task<FileInfo> ExportAsync(ExecutionRef execution, string path)
    {
        string id = execution.Id;
        SentRequest? request = execution.Submitted?.Request;
        HubExecution result = await Hub.GetAsync(execution, Wait, Timeout).ConfigureAwait(false);
        HubDocument transcript = await Hub.Runner.GetAsync(DocumentQuery.Transcript(id, execution.Kind), execution.Secrets, Wait, Timeout, Pump.Stopped).ConfigureAwait(false);
        if (!transcript.IsComplete)
        {
            throw new ErrorException(
                nameof(HubErrorCode.TranscriptNotFound), ErrorCategory.ObjectNotFound, $"The transcript of execution '{id}' is not complete yet; use -Wait to wait for it.");
        }

        HubDocument invoice = await Hub.Runner.GetAsync(DocumentQuery.Invoice(id, execution.Kind), execution.Secrets, Wait, Timeout, Pump.Stopped).ConfigureAwait(false);
        Evidence evidence = new(id, request, result, transcript, invoice, _expected);
        if (!IncludeSecret)
        {
            CheckSecrets(evidence, request);
        }

        return OutputFile.Write(path, evidence.ToZip(), Force);
    }

    private void CheckSecrets(Evidence evidence, SentRequest? request)
    {
        List<KeyValuePair<string, string>> secrets = [.. request?.RevealHeaders() ?? []];
        if (Hub.Key is not null)
        {
            secrets.Add(new KeyValuePair<string, string>("the API key", Hub.Key.Reveal()));
        }

        string[] found = [.. evidence.FindSecrets(secrets)];
        if (found.Length > 0)
        {
            throw new ErrorException(
                "SecretInEvidence",
                ErrorCategory.SecurityError,
                $"Nothing was written: the evidence of execution '{evidence.ExecutionId}' contains the API key or header values in plain text"
                    + $" ({string.Join("; ", found)}). Signed documents cannot be redacted; use -IncludeSecret to export them anyway.");
        }
    }

    private string ResolveFolder()
    {
        try
        {
            return ResolveFile(Path!);
        }
        catch (SessionStateException e)
        {
            throw new ErrorException("FileNotWritable", ErrorCategory.ObjectNotFound, e.Message);
        }
    }
}
