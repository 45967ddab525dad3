using System.Management.Automation;
using CsvHelper;

namespace Truebit.Quickstart;

/// <summary>
/// Import-Csv for the engine from NuGet, which has none: rows become objects whose properties are the cells' text.
/// PowerShell's own makes something of broken quoting. This one stops and names the line, because a row that is guessed
/// may be a row that is paid; and it drops the spaces on both sides of a cell, where PowerShell's drops those before it.
/// </summary>
[Cmdlet(VerbsData.Import, "Csv")]
[OutputType(typeof(PSObject))]
public sealed class ImportCsvCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    protected override void ProcessRecord()
    {
        foreach (string file in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)))
        {
            try
            {
                Import(file);
            }
            catch (CsvFormatException e)
            {
                var named = new FormatException($"{file}: {e.Message}", e);
                ThrowTerminatingError(new ErrorRecord(named, "CsvFormat", ErrorCategory.InvalidData, file));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                ThrowTerminatingError(new ErrorRecord(e, "FileOpenFailure", ErrorCategory.OpenError, file));
            }
        }
    }

    private void Import(string file)
    {
        var options = new CsvReaderOptions
        {
            Separator = Delimiter,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using CsvReader reader = CsvReader.FromFile(file, options);
        string[] columns = CheckedColumns(reader.Headers);
        while (reader.Read())
        {
            var row = new PSObject(columns.Length);
            for (int i = 0; i < columns.Length; i++)
            {
                // A short row has no cell here, which is not the same as an empty one.
                string? cell = i < reader.FieldCount ? reader.GetString(i) : null;
                row.Properties.Add(new PSNoteProperty(columns[i], cell), preValidated: true);
            }

            WriteObject(row);
        }
    }

    private static string[] CheckedColumns(IReadOnlyList<string> headers)
    {
        // Spreadsheets leave empty columns at the end.
        int count = headers.Count;
        while (count > 0 && headers[count - 1].Length == 0)
        {
            count--;
        }

        string[] columns = [.. headers.Take(count)];
        if (columns.Contains(""))
        {
            throw new CsvFormatException("a column in the header (line 1) has no name");
        }

        string? twice = columns.GroupBy(static name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static g => g.Count() > 1)?.Key;
        return twice is null ? columns : throw new CsvFormatException($"two columns in the header (line 1) are named '{twice}'");
    }
}
