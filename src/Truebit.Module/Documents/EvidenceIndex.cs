using System.Management.Automation;
using System.Text;
using Truebit.Client;

namespace Truebit.Documents;

/// <summary>
/// The list of the zips in a folder, index.csv: which row each is of, and what is proved. Lines of earlier commands stay. Workers add to it.
/// </summary>
internal sealed class EvidenceIndex
{
    private const string Header = "Row,Key,ExecutionId,Task,Status,Charge,Transcript,Invoice,File";

    private readonly object _lock = new();
    private readonly string _path;
    private readonly Dictionary<string, string> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _files = [];
    private bool _isChanged;

    private EvidenceIndex(string folder) => _path = Path.Combine(folder, "index.csv");

    /// <summary>Reads the index of a folder, if there is one.</summary>
    /// <exception cref="ErrorException">There is a file of that name that is not an index, or it cannot be read.</exception>
    public static EvidenceIndex Load(string folder)
    {
        EvidenceIndex index = new(folder);
        try
        {
            if (File.Exists(index._path))
            {
                index.Read(File.ReadAllText(index._path, Encoding.UTF8));
            }

            return index;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErrorException("FileNotReadable", ErrorCategory.ReadError, $"'{index._path}' cannot be read: {e.Message}");
        }
    }

    /// <summary>Adds the line of a zip, or replaces it.</summary>
    public void Add(Evidence evidence, string file)
    {
        string name = Path.GetFileName(file);
        string line = string.Join(",", new[]
        {
            Number(evidence.Row), Cell(evidence.Key), Cell(evidence.ExecutionId), Cell(evidence.TaskPath), Cell(evidence.Status), Number(evidence.Charge),
            evidence.Transcript.Result.ToString(), evidence.Invoice.Result.ToString(), Cell(name),
        });
        lock (_lock)
        {
            if (!_lines.ContainsKey(name))
            {
                _files.Add(name);
            }

            _lines[name] = line;
            _isChanged = true;
        }
    }

    /// <summary>Writes what was added.</summary>
    /// <exception cref="ErrorException">It cannot be written.</exception>
    public void Save()
    {
        lock (_lock)
        {
            if (_isChanged)
            {
                OutputFile.Write(_path, Encoding.UTF8.GetBytes($"{Header}\n{string.Concat(_files.Select(file => _lines[file] + "\n"))}"), force: true);
                _isChanged = false;
            }
        }
    }

    /// <summary>A number, whatever the culture.</summary>
    private static string Number(IFormattable? number) => number?.ToString(null, System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <summary>In quotes, without what does not print, line ends among it: so a line of the file is a line of the index.</summary>
    private static string Cell(string? text) => text is null ? "" : $"\"{TextGate.Printable(text).Replace("\"", "\"\"")}\"";

    private void Read(string text)
    {
        string[] lines = text.TrimStart('\uFEFF').Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != Header)
        {
            throw new ErrorException("FileExists", ErrorCategory.ResourceExists, $"'{_path}' is not an index of evidence, and would be overwritten. Give another folder, or move it.");
        }

        foreach (string line in lines.Skip(1))
        {
            string file = line.Substring(line.LastIndexOf(',') + 1).Trim('"');
            if (!_lines.ContainsKey(file))
            {
                _files.Add(file);
            }

            _lines[file] = line;
        }
    }
}
