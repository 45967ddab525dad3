using System.Management.Automation;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Hosting;

/// <summary>An engine that is connected to a hub which executes everything at once, and what goes over the wire to it.</summary>
public sealed class Wire : IDisposable
{
    /// <summary>The parameters that a task cannot do without, for tests that are about others.</summary>
    public const string Task = "-Namespace n -TaskName t";

    private readonly HubServer _hub = new(static _ => CannedResponse.Success(Guid.NewGuid().ToString(), "{}"));
    private readonly List<string> _files = [];

    public Wire() => Engine.Connect(_hub.Endpoint);

    public Engine Engine { get; } = new();

    /// <summary>How many requests there were so far.</summary>
    public int Requests => _hub.Submissions.Count;

    /// <summary>What the script sent, and nothing went wrong with it.</summary>
    public IReadOnlyList<HubRequest> SendAll(string script)
    {
        int before = _hub.Submissions.Count;
        Last = Engine.Ok(script);
        return [.. _hub.Submissions.Skip(before)];
    }

    /// <summary>The only request of the script.</summary>
    public HubRequest Send(string script) => Assert.Single(SendAll(script));

    /// <summary>The error of a script that sends nothing.</summary>
    public (string Id, string Message) Refuse(string script)
    {
        int before = _hub.Submissions.Count;
        Last = Engine.Run(script);
        Assert.Empty(_hub.Submissions.Skip(before));
        Assert.Empty(Last.Output);
        return Last.Ended is null ? Last.OnlyError : Last.End;
    }

    /// <summary>The last script, stream by stream.</summary>
    public EngineRun Last { get; private set; } = null!;

    /// <summary>Writes a file for Import-Csv; its path is in $csv.</summary>
    public Wire Csv(params string[] lines)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        File.WriteAllLines(file, lines);
        _files.Add(file);
        Engine["csv"] = file;
        return this;
    }

    /// <summary>One row whose columns have these names and cells, beside those that make it a whole one.</summary>
    public Wire Row(params (string Column, object? Cell)[] columns)
    {
        PSObject row = new();
        foreach ((string column, object? cell) in columns.Concat(Whole.Where(whole => columns.All(given => !whole.Column.Equals(given.Column, StringComparison.OrdinalIgnoreCase)))))
        {
            row.Properties.Add(new PSNoteProperty(column, cell));
        }

        Engine["row"] = row;
        return this;
    }

    public void Dispose()
    {
        Engine.Dispose();
        _hub.Dispose();
        _files.ForEach(File.Delete);
    }

    private static readonly (string Column, object? Cell)[] Whole = [("Namespace", "n"), ("TaskName", "t"), ("Method", "POST"), ("Path", "/p")];
}
