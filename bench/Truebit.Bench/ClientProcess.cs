using System.Diagnostics;
using System.Text.Json;
using Truebit.Rehearsals;

namespace Truebit.Bench;

/// <summary>A client that is measured, and how its process is started.</summary>
internal sealed record Client(string Name, Func<Job, ProcessStartInfo> Start)
{
    /// <summary>Whether it writes a journal.</summary>
    public bool HasJournal { get; init; }

    /// <summary>Whether it checks its rows by a manifest.</summary>
    public bool HasManifest { get; init; }
}

/// <summary>Starts clients, each in a process of its own, and reads what they say of themselves.</summary>
internal static class ClientProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static string Script => Path.Combine(AppContext.BaseDirectory, "client.ps1");

    public static Client Plain { get; } = new("plain HttpClient", static job => This("plain", job));

    public static Client Module { get; } = new("module", static job => Shell(job, []));

    public static Client ModuleWithJournal { get; } = Module with { Name = "the same with -Journal", HasJournal = true };

    public static Client ReadJournal { get; } = new("Get-TruebitJournal", static job => Shell(job, ["-ReadJournal"])) { HasJournal = true };

    public static Client ModuleWithManifest { get; } = Module with { Name = "the same with -Manifest", HasManifest = true };

    public static Client ModuleAsRow { get; } = new("the same with -AsRow", static job => Shell(job, ["-AsRow"]));

    public static Client PlainCmdlet { get; } = new("cmdlet that posts by HttpClient", static job => Shell(job, ["-PlainCmdlet", Built("PlainCmdlet", "PlainCmdlet.psd1")]));

    public static Client ReadOnlyCmdlet { get; } = new("cmdlet that only reads rows", static job => Shell(job, ["-PlainCmdlet", Built("PlainCmdlet", "PlainCmdlet.psd1"), "-ReadOnly"]));

    public static Client Parallel { get; } = new("ForEach-Object -Parallel", static job => Shell(job, ["-RestMethod"]));

    /// <summary>A file of one of the modules that are only for comparison.</summary>
    public static string Built(string module, string file) =>
        Path.Combine(Repository.Root, "bench", module, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net8.0", file);

    /// <summary>The parameters of client.ps1.</summary>
    private static IEnumerable<(string Name, object? Value)> Parameters(Job job)
    {
        yield return ("Hub", job.Hub);
        yield return ("Control", job.Control);
        yield return ("Rows", job.Rows);
        yield return ("WarmUp", job.WarmUp);
        yield return ("ThrottleLimit", job.ThrottleLimit);
        yield return ("Sync", job.Sync);
        yield return ("Journal", job.Journal);
        yield return ("Manifest", job.Manifest);
        yield return ("Module", Repository.Manifest);
    }

    /// <summary>Lets a client do its job.</summary>
    /// <exception cref="BenchException">It did not.</exception>
    public static async Task<ClientResult> RunAsync(Client client, Job job)
    {
        string journal = Path.Combine(Path.GetTempPath(), $"truebit-bench-{Guid.NewGuid():N}.journal");
        try
        {
            if (job.IsReplay)
            {
                JournalMaker.Write(journal, job.Hub, job.Rows);
            }

            ProcessStartInfo start = client.Start(job with
            {
                Journal = client.HasJournal ? journal : null,
                Manifest = client.HasManifest ? Path.Combine(Repository.Samples, "petstore.manifest.json") : null,
            });
            return await RunAsync(client.Name, start);
        }
        finally
        {
            File.Delete(journal);
        }
    }

    private static async Task<ClientResult> RunAsync(string name, ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = true;
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using CancellationTokenSource limit = new(Limit);
        try
        {
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            string? last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
            return process.ExitCode == 0 && last is not null
                ? JsonSerializer.Deserialize<ClientResult>(last)!
                : throw new BenchException($"{name} ended with exit code {process.ExitCode}.\n{output}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new BenchException($"{name} took longer than {Limit.TotalMinutes} minutes.");
        }
    }

    private static ProcessStartInfo This(string role, Job job) => new(Environment.ProcessPath!, [role, job.ToString()]);

    private static ProcessStartInfo Shell(Job job, string[] more) => new("dotnet",
    [
        Pwsh.Path, "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", Script,
        .. Parameters(job).Where(static p => p.Value is not null).SelectMany(static p =>
            p.Value is bool flag ? new[] { $"-{p.Name}:${flag}" } : [$"-{p.Name}", $"{p.Value}"]),
        .. more,
    ]);
}
