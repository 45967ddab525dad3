using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Truebit.Rehearsals;

/// <summary>
/// Somebody who wants a few orders executed, and makes mistakes on the way: with the file, its columns, its values, or the command. The
/// same for a seed. Their calls are <c>POST /person/NUMBER</c> with a body of an id and a note.
/// </summary>
internal sealed class Person
{
    private static readonly string[] Notes =
        ["plain", "with, a comma", "with \"quotes\"", "two\nlines", "  blanks around ", "Zürich", "東京 🏯", "=1+1", "0012", "TRUE", "null", "{\"json\":1}"];

    private readonly Random _random;
    private readonly List<(string Id, string Note)> _orders = [];
    private readonly StringBuilder _prelude = new();
    private string _idColumn = "body.id:integer";
    private string _noteColumn = "body.note";
    private string _delimiter = ",";
    private string _rows = "Import-Csv $csv -Encoding utf8";
    private string _body = "";
    private string _task = "-Namespace sandbox -TaskName echo -Method POST";
    private Encoding _encoding = new UTF8Encoding(false);
    private readonly List<string> _meant = [];
    private string _between = "";
    private string _secondTask = "";
    private int _blankLines;
    private bool _converts;
    private bool _hasWrongNumber;

    public Person(int number, int seed)
    {
        Number = number;
        _random = new Random(unchecked((seed * 1_000_003) + number));
        int count = _random.Next(1, 6);
        for (int order = 1; order <= count; order++)
        {
            _orders.Add((order.ToString(CultureInfo.InvariantCulture), $"{Notes[_random.Next(Notes.Length)]} {order}"));
        }

        _meant.AddRange(_orders.Select(order => Canonical(order.Id, order.Note)));
        int mistakes = _random.Next(0, 3);
        List<string> made = [.. Enumerable.Range(0, mistakes).Select(_ => MakeMistake())];
        if (HasJournal = _random.Next(2) == 0)
        {
            FirstFile = File();
            made.Add($"then {ComeBack()}");
        }

        Mistakes = made;
    }

    /// <summary>Whether they use a journal, and run their command again.</summary>
    public bool HasJournal { get; }

    /// <summary>The file of their first run; null where it is that of the second.</summary>
    public byte[]? FirstFile { get; }

    public int Number { get; }

    /// <summary>The bodies that are meant to be sent, once each.</summary>
    public IReadOnlyList<string> Meant => _meant;

    /// <summary>What they do wrong, or unusually.</summary>
    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>The bytes of their file.</summary>
    public byte[] File()
    {
        StringBuilder text = new();
        text.Append(Quoted(_idColumn)).Append(_delimiter).Append(Quoted(_noteColumn)).Append(_delimiter).Append("Customer\r\n");
        foreach ((string id, string note) in _orders)
        {
            text.Append(Quoted(id)).Append(_delimiter).Append(Quoted(note)).Append(_delimiter).Append("somebody\r\n");
        }

        for (int line = 0; line < _blankLines; line++)
        {
            text.Append(line % 2 == 0 ? $"{_delimiter}{_delimiter}\r\n" : $"\" \"{_delimiter}\"\"{_delimiter}\r\n");
        }

        return [.. _encoding.GetPreamble(), .. _encoding.GetBytes(text.ToString())];
    }

    /// <summary>Their command; the file is in $csv, and the journal in $journal.</summary>
    public string Command() => $"{_prelude}{_rows} | Invoke-TruebitTask {_task} -Path /person/{Number} {_body}{(HasJournal ? " -Journal $journal" : "")}";

    /// <summary>What they do when they come back; null without a journal.</summary>
    public string? Second() => HasJournal ? $"{_between}{Command()}{_secondTask}" : null;

    /// <summary>The body of a call, so that it can be compared.</summary>
    public static string Canonical(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("id", out JsonElement id) && body.TryGetProperty("note", out JsonElement note)
            && id.ValueKind == JsonValueKind.Number && note.ValueKind == JsonValueKind.String && body.EnumerateObject().Count() == 2
            ? Canonical(id.GetRawText(), note.GetString()!)
            : body.GetRawText();

    private static string Canonical(string id, string note) => $"{id}: {note}";

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    /// <summary>What they do before they run their command once more with the same journal.</summary>
    private string ComeBack()
    {
        switch (_random.Next(9))
        {
            case 0:
                return "the same again";
            case 1:
                _orders.Reverse();
                return "the rows in another order";
            case 2:
                _orders.Insert(0, ("77", "new"));
                _meant.Add(Canonical("77", "new"));
                return "a row more, at the top";
            case 3:
                _encoding = new UTF8Encoding(true);
                return "another encoding";
            case 4:
                _secondTask = " -Label stable";
                return "a label";
            case 5:
                _between = "$link = \"$journal.link\"; $null = New-Item -ItemType SymbolicLink -Path $link -Target $journal -ErrorAction Ignore; $journal = $link; ";
                return "another name of the journal";
            case 6:
                _between = "if (Test-Path $journal) { [System.IO.File]::WriteAllText($journal, [System.IO.File]::ReadAllText($journal).TrimEnd(\"`n\")) }; ";
                return "an editor that drops the last line feed";
            case 7:
                _between = "$env:TZ = 'Asia/Tokyo'; ";
                return "another time zone";
            default:
                _secondTask = " -Endpoint $other -ApiKey $otherKey";
                return "another hub";
        }
    }

    private string MakeMistake()
    {
        // What PowerShell itself makes of a wrong number ([int]'1.5' is 2) is not to be told from what was meant.
        int mistake = _random.Next(18);
        bool converts = mistake is 7 or 16;
        if ((mistake == 8 && _converts) || (converts && _hasWrongNumber))
        {
            return "nothing";
        }

        _converts |= converts;
        _hasWrongNumber |= mistake == 8;
        switch (mistake)
        {
            case 0:
                _delimiter = ";";
                return "another delimiter";
            case 1:
                _delimiter = "\t";
                _rows = "Import-Csv $csv -Encoding utf8 -Delimiter \"`t\"";
                return "a delimiter that is said";
            case 2:
                _blankLines = _random.Next(1, 4);
                return "blank lines at the end";
            case 3:
                string invisible = Pick(" ", "\u00A0", "\u200B", "\uFEFF", "\t");
                _idColumn = Pick(invisible + _idColumn, _idColumn + invisible, _idColumn.Replace(":", invisible + ":", StringComparison.Ordinal));
                _noteColumn += invisible;
                return "something invisible in the names";
            case 4:
                _encoding = Pick<Encoding>(new UTF8Encoding(true), Encoding.Unicode, Encoding.UTF32);
                _rows = _rows.Replace(" -Encoding utf8", "", StringComparison.Ordinal);
                return "another encoding, with a mark";
            case 5:
                _idColumn = Pick("bdy.id:integer", "body.id:int", "body..id", "body.items[0]", "id:integer");
                return "a column that nobody understands";
            case 6:
                (_idColumn, _noteColumn) = ("Order No", "Remark");
                return "columns of their own, and nothing said of them";
            case 7:
                (_idColumn, _noteColumn) = ("Order No", "Remark");
                _body = "-Body { @{ id = [int]$_.'Order No'; note = $_.Remark } }";
                return "columns of their own in a script block";
            case 8:
                int wrong = _random.Next(_orders.Count);
                _orders[wrong] = (Pick("1.5", "1,5", "007", "1E+05", "seven", "+7", "7 "), _orders[wrong].Note);
                return "a number that is none";
            case 9:
                _prelude.Append("$rows = ");
                _prelude.Append(_rows).Append("; ");
                _rows = "$rows | ForEach-Object { $_ | Add-Member RunspaceId ([guid]::NewGuid()) -PassThru | Add-Member PSComputerName here -PassThru }";
                return "rows of another machine";
            case 10:
                _task = Pick("-Namespace sandbox -Method POST", "-Namespace sandbox -TaskName '' -Method POST", "-TaskName echo -Method POST", "-Namespace sandbox -TaskName echo");
                return "a parameter forgotten";
            case 11:
                _task += Pick(" -Version ''", " -Label ''", " -ExecutionTimeout ''");
                return "an empty parameter";
            case 12:
                _task += " -Params @{ page = 1 }";
                return "a parameter without a place";
            case 13:
                _body = "-Body ([Newtonsoft.Json.Linq.JObject]::Parse('{\"id\":1}'))";
                return "a body of another library";
            case 14:
                _rows = $"({_rows} | ForEach-Object {{ [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }})";
                return "rows of a job";
            case 15:
                int at = _random.Next(1, _orders.Count + 1);
                _rows = $"({_rows} | ForEach-Object {{ $n = 0 }} {{ $n++; if ($n -eq {at}) {{ $_ | Add-Member ScriptProperty 'body.more' {{ throw 'away' }} }}; $_ }})";
                return "a value that cannot be read";
            case 16:
                _rows = $"({_rows} | ForEach-Object {{ if (\"$($_.'{_idColumn}')\".Trim()) {{ $_.'{_idColumn}' = [double]$_.'{_idColumn}' }}; $_ }})";
                return "numbers of a spreadsheet";
            default:
                _rows = "Get-Item $csv";
                return "the file in place of its rows";
        }
    }
}
