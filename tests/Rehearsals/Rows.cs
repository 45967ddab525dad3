using System.Globalization;

namespace Truebit.Rehearsals;

/// <summary>The script of a bulk run, and what it wrote about each row: its number and its status or ErrorId.</summary>
internal static class Rows
{
    /// <summary>Executes REHEARSAL_ROWS rows; each end is a line of the file REHEARSAL_OUT. Row 0 is the command itself.</summary>
    public const string Script = """
        Import-Module $env:REHEARSAL_MODULE
        $out = [System.IO.StreamWriter]::new($env:REHEARSAL_OUT)
        $options = @{ ThrottleLimit = [int]$env:REHEARSAL_LIMIT; WarningAction = 'SilentlyContinue' }
        if ($env:REHEARSAL_JOURNAL) { $options.Journal = $env:REHEARSAL_JOURNAL }
        try {
            & {
                for ($n = 1; $n -le [int]$env:REHEARSAL_ROWS; $n++) {
                    [pscustomobject]@{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = "/row/$n"; Number = $n }
                }
            } |
                Invoke-TruebitTask -Endpoint $env:REHEARSAL_ENDPOINT -ApiKey $env:REHEARSAL_KEY @options 2>&1 |
                ForEach-Object {
                    if ($_ -is [System.Management.Automation.ErrorRecord]) {
                        $out.WriteLine("$($_.TargetObject.Number) $($_.FullyQualifiedErrorId.Split(',')[0])")
                    }
                    else {
                        $out.WriteLine("$($_.InputObject.Number) $($_.Status)")
                    }
                }
        }
        catch {
            $out.WriteLine("0 $($_.FullyQualifiedErrorId.Split(',')[0])")
        }
        finally {
            $out.Dispose()
        }
        """;

    /// <summary>The environment of the script.</summary>
    public static Dictionary<string, string> Variables(Uri endpoint, string key, int rows, int limit, string output) => new()
    {
        ["REHEARSAL_ENDPOINT"] = endpoint.ToString(),
        ["REHEARSAL_KEY"] = key,
        ["REHEARSAL_ROWS"] = rows.ToString(CultureInfo.InvariantCulture),
        ["REHEARSAL_LIMIT"] = limit.ToString(CultureInfo.InvariantCulture),
        ["REHEARSAL_OUT"] = output,
    };

    /// <summary>Runs the script to its end.</summary>
    public static async Task<List<(int Row, string End)>> RunAsync(Dictionary<string, string> variables, CancellationToken cancel, int? largestFile = null)
    {
        using ScriptHost host = new(Script, variables, largestFile);
        await host.RunAsync(cancel);
        return [.. File.ReadLines(variables["REHEARSAL_OUT"]).Select(static line => line.Split(' ')).Select(static parts => (int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]))];
    }

    /// <summary>Each row ended once.</summary>
    public static void EachOnce(List<(int Row, string End)> ends, int rows)
    {
        Check(ends.Count == rows, $"{ends.Count} ends for {rows} rows");
        Check(ends.Select(static end => end.Row).Distinct().Count() == rows, "a row ended twice");
    }

    public static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
