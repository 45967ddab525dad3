using System.Management.Automation;
using System.Text.RegularExpressions;
using Truebit.Client;
using Truebit.Documents;
using Truebit.Follow;
using Truebit.Proof;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>Writes a zip for each execution, with everything the hub says about it and what of that is proved.</summary>
[Cmdlet(VerbsData.Export, "TruebitEvidence", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTruebitEvidenceCommand : ExecutionCmdlet
{
    /// <summary>Matches the hub's ids, and everything else that is a valid file name on all systems and stays in the folder.</summary>
    private static readonly Regex FileName = new(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\z", RegexOptions.CultureInvariant);

    private string _folder = "";
    private EthereumAddress[] _expected = [];
    private EvidenceIndex? _index;

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

    /// <summary>Passes over executions whose zips exist.</summary>
    [Parameter]
    public SwitchParameter SkipExisting { get; set; }

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
        OrThrowTerminating(CheckParameters);
        _index = OrThrowTerminating(() => EvidenceIndex.Load(_folder), _folder);
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        OrThrowTerminating(_index!.Save, _folder);
    }

    private protected override void OnDisposed()
    {
        try
        {
            _index?.Save();
        }
        catch (ErrorException)
        {
            // After Ctrl+C there is nobody to tell. The zips are there.
        }
    }

    private protected override void Query(ExecutionRef execution)
    {
        string id = execution.Id;
        try
        {
            string path = FileName.IsMatch(id)
                ? System.IO.Path.Combine(_folder, id + ".zip")
                : throw new FieldException("ExecutionId", $"'{id}' cannot be a file name");
            if (File.Exists(path) && SkipExisting)
            {
                WriteVerbose($"'{path}' already exists.");
                return;
            }

            if (File.Exists(path) && !Force)
            {
                throw new ErrorException(
                    "FileExists", ErrorCategory.ResourceExists, $"'{path}' already exists. Use -SkipExisting to export only what is missing, or -Force to overwrite it.");
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
        HubExecution result = await Hub.GetAsync(execution, Wait, Timeout).ConfigureAwait(false);
        HubDocument transcript = await Hub.Runner.GetAsync(DocumentQuery.Transcript(id, execution.Kind), execution.Secrets, Wait, Timeout, Pump.Stopped).ConfigureAwait(false);
        if (!transcript.IsComplete)
        {
            throw new ErrorException(
                nameof(HubErrorCode.TranscriptNotFound), ErrorCategory.ObjectNotFound, $"The transcript of execution '{id}' is not complete yet; use -Wait to wait for it.");
        }

        HubDocument invoice = await Hub.Runner.GetAsync(DocumentQuery.Invoice(id, execution.Kind), execution.Secrets, Wait, Timeout, Pump.Stopped).ConfigureAwait(false);
        Evidence evidence = new(execution, result, transcript, invoice, _expected);
        if (!IncludeSecret)
        {
            CheckSecrets(evidence, execution.Submitted?.Request);
        }

        FileInfo file = OutputFile.Write(path, evidence.ToZip(), Force);
        _index!.Add(evidence, path);
        return file;
    }

    private void CheckParameters()
    {
        if (SkipExisting && Force)
        {
            throw new InputException("InvalidInput", "-SkipExisting and -Force cannot be used together.");
        }
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
