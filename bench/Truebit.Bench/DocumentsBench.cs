using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Truebit.Manifest;
using Truebit.Rehearsals;

namespace Truebit.Bench;

/// <summary>
/// Reads all OpenAPI documents of a folder (they are not part of this repository), makes a template of each operation, and lets
/// Test-TruebitTask check the templates' own rows.
/// </summary>
internal static class DocumentsBench
{
    private const int MostCauses = 15;

    private const string Script = """
        $ErrorActionPreference = 'Stop'
        Import-Module $env:REHEARSAL_MODULE
        foreach ($line in [IO.File]::ReadLines($env:JOB)) {
            $job = $line | ConvertFrom-Json -AsHashtable -DateKind String
            $checks = $job.Rows | Test-TruebitTask -Manifest $job.File -Namespace n -TaskName t -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            $bad = $checks | Where-Object -Not IsValid | ForEach-Object { @{ Row = $_.InputObject.Method + ' ' + $_.InputObject.Path; Problem = "$($_.Problems[0])" } }
            @{ Valid = @($checks | Where-Object IsValid).Count; Bad = @($bad) } | ConvertTo-Json -Compress -Depth 4
        }
        """;

    public static async Task RunAsync(string folder)
    {
        List<Document> documents = [.. Directory.GetFiles(folder, "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read).Where(static document => document.Version is not null)];
        List<Document> withRows = documents.FindAll(static document => document.Rows.Count > 0);
        List<Answer> answers = await CheckAsync(withRows);
        Dictionary<Document, Answer> checks = withRows.Zip(answers).ToDictionary(static pair => pair.First, static pair => pair.Second);
        Console.WriteLine("| OpenAPI | documents | loaded | operations | templates | own row valid | read in ms | allocated MB |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (IGrouping<string, Document> version in documents.GroupBy(static document => document.Version!).OrderBy(static version => version.Key))
        {
            int rows = version.Sum(static document => document.Rows.Count);
            int valid = version.Sum(document => checks.TryGetValue(document, out Answer? answer) ? answer.Valid : 0);
            Console.WriteLine($"| {version.Key} | {version.Count()} | {version.Count(static document => document.Error is null)} | {version.Sum(static document => document.Operations)} "
                + $"| {rows} | {valid} ({100.0 * valid / Math.Max(1, rows):f1} %) | {version.Sum(static document => document.Milliseconds):f0} | {version.Sum(static document => document.Allocated) >> 20} |");
        }

        Tell("Not loaded", documents.Where(static document => document.Error is not null).Select(static document => $"{Path.GetFileName(document.File)}: {document.Error}"));
        Tell("No template", documents.SelectMany(static document => document.LeftOut));
        Tell("Own row not valid", checks.SelectMany(static pair => pair.Value.Bad.Select(bad => $"{bad.Problem} [{bad.Row}, {Path.GetFileName(pair.Key.File)}]")));
    }

    private static void Tell(string what, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        Console.WriteLine($"\n{what}: {all.Length}");
        foreach (string line in all.Take(Environment.GetEnvironmentVariable("ALL") is null ? MostCauses : int.MaxValue))
        {
            Console.WriteLine($"  {line}");
        }
    }

    private static Document Read(string file)
    {
        Match version = Regex.Match(File.ReadAllText(file), @"^\s*\{?\s*[""']?openapi[""']?\s*:\s*[""']?(3\.[0-9])", RegexOptions.Multiline);
        Document document = new(file, version.Success ? version.Groups[1].Value : null);
        if (!version.Success)
        {
            return document;
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            TaskManifest manifest = TaskManifest.Load(file);
            document = document with { Operations = manifest.Operations.Count, Milliseconds = watch.Elapsed.TotalMilliseconds, Allocated = GC.GetAllocatedBytesForCurrentThread() - before };
            foreach (ManifestOperation operation in manifest.Operations)
            {
                document.Rows.AddRange(TaskManifest.ExampleRows([operation], document.LeftOut.Add).Select(static row => row.ToDictionary()));
            }

            return document;
        }
        catch (ManifestException e)
        {
            return document with { Error = e.Message };
        }
    }

    private static async Task<List<Answer>> CheckAsync(List<Document> documents)
    {
        string job = Path.Combine(Path.GetTempPath(), $"truebit-bench-{Guid.NewGuid():N}.jsonl");
        try
        {
            await File.WriteAllLinesAsync(job, documents.Select(static document => JsonSerializer.Serialize(new { document.File, document.Rows })));
            using ScriptHost host = new(Script, new Dictionary<string, string> { ["JOB"] = job });
            await host.RunAsync(CancellationToken.None);
            return [.. (await host.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<Answer>(line)!)];
        }
        finally
        {
            File.Delete(job);
        }
    }

    private sealed record Document(string File, string? Version)
    {
        public string? Error { get; init; }

        public int Operations { get; init; }

        public double Milliseconds { get; init; }

        public long Allocated { get; init; }

        public List<Dictionary<string, string>> Rows { get; } = [];

        public List<string> LeftOut { get; } = [];
    }

    private sealed record Answer(int Valid, Bad[] Bad);

    private sealed record Bad(string Row, string Problem);
}
