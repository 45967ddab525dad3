using System.Globalization;
using System.Text.Json;
using Truebit.Rehearsals;

namespace Truebit.Bench;

/// <summary>
/// Measures the module against plain HttpClient and against what people do without it. The hub and each client are processes of
/// their own: this program, started with the role as its first argument, or pwsh.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        // pwsh inherits this: a measurement does not phone home.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        switch (args)
        {
            case ["hub"]:
                await Hub.RunAsync();
                return 0;
            case ["plain", string job]:
                Console.WriteLine(JsonSerializer.Serialize(await PlainClient.RunAsync(Job.Parse(job))));
                return 0;
            case ["rehearse"]:
                Console.WriteLine(await Rehearsal.FaultsAsync(rows: 20_000, limit: 128, CancellationToken.None));
                Console.WriteLine(await Rehearsal.KillsAsync(rows: 20_000, limit: 32, kills: 20, seed: 1, CancellationToken.None));
                Console.WriteLine(await Rehearsal.MalformedAsync(rows: 10_000, limit: 32, seed: 1, CancellationToken.None));
                return 0;
            case ["proofs"]:
                return await TellAsync(async () => Console.WriteLine(await ProofBench.RunAsync()));
            case ["manifest"]:
                Console.WriteLine(ManifestBench.Run());
                return 0;
            case ["suite", string folder]:
                return await TellAsync(() => Task.Run(() => SuiteBench.Run(folder)));
            case ["documents", string folder]:
                return await TellAsync(() => DocumentsBench.RunAsync(folder));
            case ["people", .. string[] seed]:
                Console.WriteLine(await PeopleRehearsal.RunAsync(people: 2_000, seed: seed.Length > 0 ? int.Parse(seed[0], CultureInfo.InvariantCulture) : 1, CancellationToken.None));
                return 0;
            case ["fuzz", .. string[] seed]:
                Console.WriteLine(await FuzzRehearsal.RunAsync(rows: 10_000, limit: 64, seed: seed.Length > 0 ? int.Parse(seed[0], CultureInfo.InvariantCulture) : 1, CancellationToken.None));
                return 0;
            case ["import", .. string[] options]:
                return await TellAsync(async () => Console.WriteLine(await ImportBench.RunAsync(Options.Parse(options))));
            default:
                return await TellAsync(() => MeasureAsync(args));
        }
    }

    private static async Task<int> TellAsync(Func<Task> measure)
    {
        try
        {
            await measure();
            return 0;
        }
        catch (Exception e) when (e is BenchException or ArgumentException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static async Task MeasureAsync(string[] args)
    {
        Options options = Options.Parse(args);
        Machine machine = await Machine.LookAsync();
        IReadOnlyList<ScenarioResult> results = await Runner.RunAsync(options);
        string tables = Report.Tables(results);
        Console.WriteLine();
        Console.WriteLine(tables);
        if (options.Output is string file)
        {
            Report.Write(file, tables, machine, options);
            Console.WriteLine($"Written: {file}");
        }
    }
}

/// <summary>Why there is no measurement.</summary>
internal sealed class BenchException(string message) : Exception(message);
