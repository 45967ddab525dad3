using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Truebit.Rehearsals;

namespace Truebit.Pester.Tests;

/// <summary>Runs a file of Pester tests in a shell of its own.</summary>
internal static class PesterFile
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Pester");

    private static string Pester { get; } =
        typeof(PesterFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Pester").Value!;

    /// <summary>Runs a file.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="cancel">Ends the shell.</param>
    /// <returns>At least one result: a file that does not run, or has no test, is a failure.</returns>
    public static async Task<PesterResult[]> RunAsync(string file, CancellationToken cancel)
    {
        string results = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new("dotnet",
            [
                Pwsh.Path, "-NoProfile", "-NonInteractive", "-File", Path.Combine(Folder, "Invoke-PesterFile.ps1"),
                "-Path", Path.Combine(Folder, file), "-Pester", Pester, "-ResultFile", results,
            ])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Repository.Root,
            };
            start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
            start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancel);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancel);
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Limit);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return [new PesterResult(file, "the whole file", "Failed", $"It took longer than {Limit.TotalMinutes} minutes.\n{await output}\n{await errors}")];
            }

            string json = await File.ReadAllTextAsync(results, cancel);
            PesterResult[] found = json.Length == 0 ? [] : JsonSerializer.Deserialize<PesterResult[]>(json)!;
            return found.Length > 0
                ? found
                : [new PesterResult(file, "the whole file", "Failed", $"The shell ended with {process.ExitCode}.\n{await output}\n{await errors}")];
        }
        finally
        {
            File.Delete(results);
        }
    }
}
