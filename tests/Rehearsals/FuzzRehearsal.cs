using System.Globalization;

namespace Truebit.Rehearsals;

/// <summary>
/// Rows through a hub whose answers are changed at random, twice with one journal. Nothing is executed twice, every row ends each time, no
/// result is another row's, no secret appears, and memory stays within its limit.
/// </summary>
internal static class FuzzRehearsal
{
    /// <summary>Far below what one unlimited answer could take.</summary>
    private const long MaxMemory = 700L * 1024 * 1024;

    private const string Script = """
        Import-Module $env:REHEARSAL_MODULE
        Connect-Truebit -Endpoint $env:REHEARSAL_ENDPOINT -ApiKey $env:REHEARSAL_KEY -MaxAnswerSize 4MB
        $ErrorView = 'DetailedView'
        $secret = [System.Net.NetworkCredential]::new('', $env:REHEARSAL_HEADER).SecurePassword
        $out = [System.IO.StreamWriter]::new($env:REHEARSAL_OUT)
        1..[int]$env:REHEARSAL_ROWS | ForEach-Object { [pscustomobject]@{ Path = "/$_"; Number = $_ } } |
            Invoke-TruebitTask -Namespace n -TaskName t -Method GET -Headers @{ X = $secret } -Timeout 3 -Journal $env:REHEARSAL_JOURNAL -ThrottleLimit $env:REHEARSAL_LIMIT -Verbose *>&1 |
            ForEach-Object {
                if ($_ -is [System.Management.Automation.ErrorRecord]) {
                    $out.WriteLine("end $($_.TargetObject.Number) $($_.FullyQualifiedErrorId.Split(',')[0])")
                    $out.WriteLine("said $_ $($_.Exception.CandidateId)".Replace("`n", ' '))
                }
                elseif ($_ -is [Truebit.TruebitExecution]) {
                    $out.WriteLine("end $($_.InputObject.Number) $($_.Status) $($_.ExecutionId)")
                }
                else {
                    $out.WriteLine("said $_".Replace("`n", ' '))
                }
            }
        $out.WriteLine("memory $([System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64)")
        $out.Dispose()
        """;

    private static readonly string[] Ends =
    [
        "Success", "Error", "Unknown", "Indeterminate", "OutcomeUnknown", "InvalidRequest", "InvalidResponse", "WaitTimeout", "ExecutionNotFound", "AnswerTooLong", "HubUnreachable", "RateLimited",
    ];

    public static async Task<string> RunAsync(int rows, int limit, int seed, CancellationToken cancel)
    {
        using FuzzHub hub = new(seed);
        using TemporaryFile output = new();
        using TemporaryFile journal = new();
        Dictionary<string, string> variables = Rows.Variables(hub.Endpoint, FuzzHub.Key, rows, limit, output.Path);
        variables["REHEARSAL_JOURNAL"] = journal.Path;
        variables["REHEARSAL_HEADER"] = FuzzHub.Header;
        Dictionary<string, int> seen = [];
        for (int run = 1; run <= 2; run++)
        {
            using ScriptHost host = new(Script, variables, null);
            await host.RunAsync(cancel);
            string[] lines = await File.ReadAllLinesAsync(output.Path, cancel);
            seen = Check(lines, rows, hub);
            string kept = await File.ReadAllTextAsync(journal.Path, cancel);
            foreach (string secret in new[] { FuzzHub.Key, FuzzHub.Header })
            {
                Rows.Check(!lines.Any(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)), $"a secret was told: {lines.FirstOrDefault(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase))}");
                Rows.Check(!kept.Contains(secret, StringComparison.OrdinalIgnoreCase), "a secret is in the journal");
            }
        }

        int twice = hub.Executed.Values.Count(static count => count > 1);
        Rows.Check(twice == 0, $"{twice} rows were executed twice");
        return $"{rows} rows, seed {seed}: {string.Join(", ", seen.OrderByDescending(static end => end.Value).Select(static end => $"{end.Value} {end.Key}"))}; {hub.Executed.Count} executed, none twice";
    }

    private static Dictionary<string, int> Check(string[] lines, int rows, FuzzHub hub)
    {
        string[][] ends = [.. lines.Where(static line => line.StartsWith("end ", StringComparison.Ordinal)).Select(static line => line.Split(' '))];
        Rows.EachOnce([.. ends.Select(static end => (int.Parse(end[1], CultureInfo.InvariantCulture), end[2]))], rows);
        Rows.Check(ends.All(static end => Ends.Contains(end[2])), $"unexpected ends: {string.Join(", ", ends.Select(static end => end[2]).Except(Ends))}");
        string[]? strange = Array.Find(ends, end => end.Length > 3 && hub.RowOf(end[3]) is int row && row.ToString(CultureInfo.InvariantCulture) != end[1]);
        Rows.Check(strange is null, $"row {strange?[1]} has the result of another row");
        long memory = long.Parse(lines.Single(static line => line.StartsWith("memory ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
        Rows.Check(memory < MaxMemory, $"{memory >> 20} MB of memory");
        return ends.GroupBy(static end => end[2]).ToDictionary(static group => group.Key, static group => group.Count());
    }
}
