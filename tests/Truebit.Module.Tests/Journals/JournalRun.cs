using System.Security.Cryptography;
using System.Text;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Journals;

/// <summary>
/// Runs of Invoke-TruebitTask against a hub of the test, each in a runspace of its own as another process would be, and the
/// journal that they share. Its path is in $journal; the file is not there until a run writes it. $parts are those that it is split
/// into, and $all is for what is merged of them.
/// </summary>
internal sealed class JournalRun(TaskHub hub) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-journal-");
    private readonly List<Engine> _engines = [];

    public string Path => System.IO.Path.Combine(_folder.FullName, "run.journal");

    /// <summary>How many requests that may cost money have arrived.</summary>
    public int Sent => hub.Server.Submissions.Count;

    /// <summary>A runspace that is connected to the hub.</summary>
    public Engine NewEngine()
    {
        Engine engine = new Engine().Connect(hub.Endpoint);
        engine["journal"] = Path;
        engine["folder"] = _folder.FullName;
        engine["parts"] = Enumerable.Range(1, 3).Select(number => System.IO.Path.Combine(_folder.FullName, $"run.{number}.journal")).ToArray();
        engine["all"] = System.IO.Path.Combine(_folder.FullName, "all.journal");
        _engines.Add(engine);
        return engine;
    }

    /// <summary>Runs the tasks with these numbers, whatever becomes of them.</summary>
    public EngineRun Rows(int from, int to, string parameters = "") => Run(TaskHub.Rows(from, to), parameters);

    /// <summary>The names of the files beside the journal, and its own.</summary>
    public string[] Files => [.. _folder.GetFiles().Select(static file => file.Name)];

    /// <summary>Runs the rows that a script writes.</summary>
    public EngineRun Run(string rows, string parameters = "", string journal = "$journal") =>
        NewEngine().Run($"{rows} | Invoke-TruebitTask -Journal ({journal}) {parameters}");

    /// <summary>A script in a new runspace, which must not go wrong.</summary>
    public EngineRun Ok(string script) => NewEngine().Ok(script);

    /// <summary>What the journal says of its rows: «1 Finished», in the order of their numbers.</summary>
    public string[] States() => [.. Ok("Get-TruebitJournal $journal").Output
        .OrderBy(static entry => EngineRun.Of<int>(entry, "Row"))
        .Select(static entry => $"{EngineRun.Of<int>(entry, "Row")} {EngineRun.Of<string>(entry, "State")}")];

    /// <summary>Takes the lines of unknown rows out, so that they look as a process leaves them that is killed with them on the wire.</summary>
    public void ForgetUnknown() => WriteLines(File.ReadAllLines(Path).Where(static line => !line.Contains("\"state\":\"unknown\"", StringComparison.Ordinal)));

    /// <summary>Writes the journal anew from these lines, each with the checksums that it needs in its new place.</summary>
    public void WriteLines(IEnumerable<string> lines)
    {
        string previous = "00000000";
        List<string> written = [];
        foreach (string line in lines)
        {
            string body = $"{line[..line.LastIndexOf(",\"check\":", StringComparison.Ordinal)]},\"check\":\"{previous}-";
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..8];
            written.Add($"{body}{previous}\"}}");
        }

        File.WriteAllLines(Path, written);
    }

    /// <summary>The numbers of the tasks that the output is about, in their order.</summary>
    public static int[] Numbers(EngineRun run) => [.. run.Values<string>("ExecutionId").Select(TaskHub.Number).Order()];

    /// <summary>The last line of a run, on the information stream.</summary>
    public static string Summary(EngineRun run) => Assert.Single(run.Information);

    public void Dispose()
    {
        _engines.ForEach(static engine => engine.Dispose());
        _folder.Delete(recursive: true);
    }
}
