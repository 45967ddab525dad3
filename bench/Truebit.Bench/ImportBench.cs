using System.Diagnostics;
using System.Globalization;
using Truebit.Rehearsals;

namespace Truebit.Bench;

/// <summary>
/// What an import costs in a fresh pwsh, against an empty binary module: Import-Module alone, and the whole process as a user waits
/// for it. The modules between these two are empty as well and show what of the cost is the engine's. They take turns; the first turn
/// only warms the disk's cache.
/// </summary>
internal static class ImportBench
{
    private sealed record Module(string Label, string Manifest);

    private sealed record Sample(double Import, double Process);

    /// <exception cref="BenchException">An import failed.</exception>
    public static async Task<string> RunAsync(Options options)
    {
        Module[] modules =
        [
            new("empty binary module", ClientProcess.Built("EmptyModule", "EmptyModule.psd1")),
            new("the same with one view", ClientProcess.Built("EmptyModule", "EmptyModuleWithOneView.psd1")),
            new("the same with Truebit's views", ClientProcess.Built("EmptyModule", "EmptyModuleWithViews.psd1")),
            new("21 empty cmdlets, Truebit's views, a psm1", ClientProcess.Built("EmptyCmdlets", "EmptyCmdlets.psd1")),
            new("Truebit", Repository.Manifest),
        ];
        List<Sample>[] samples = [.. modules.Select(static _ => new List<Sample>())];
        for (int round = 0; round <= options.Rounds; round++)
        {
            foreach ((int at, Module module) in modules.Index())
            {
                Sample sample = await MeasureAsync(module);
                if (round > 0)
                {
                    samples[at].Add(sample);
                }
            }
        }

        return string.Join('\n',
        [
            "| module | Import-Module ms | of empty | whole process ms | of empty |",
            "| --- | ---: | ---: | ---: | ---: |",
            .. modules.Select((module, at) => string.Create(CultureInfo.InvariantCulture,
                $"| {module.Label} | {Median(at, Import):N0} | {Ratio(at, Import):0.00} | {Median(at, Whole):N0} | {Ratio(at, Whole):0.00} |")),
        ]);

        double Median(int at, Func<Sample, double> value) => Report.Median(samples[at].Select(value));
        double Ratio(int at, Func<Sample, double> value) => Report.Median(samples[at].Zip(samples[0], (one, other) => value(one) / value(other)));
        static double Import(Sample sample) => sample.Import;
        static double Whole(Sample sample) => sample.Process;
    }

    private static async Task<Sample> MeasureAsync(Module module)
    {
        string command = $"$clock = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module '{module.Manifest.Replace("'", "''")}' -ErrorAction Stop; "
            + "$clock.Elapsed.Ticks";
        ProcessStartInfo start = new("dotnet", [Pwsh.Path, "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", command]) { RedirectStandardOutput = true };
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        TimeSpan whole = Stopwatch.GetElapsedTime(started);
        return process.ExitCode == 0 && long.TryParse(output, CultureInfo.InvariantCulture, out long ticks)
            ? new Sample(TimeSpan.FromTicks(ticks).TotalMilliseconds, whole.TotalMilliseconds)
            : throw new BenchException($"{module.Label} was not imported.\n{output}");
    }
}
