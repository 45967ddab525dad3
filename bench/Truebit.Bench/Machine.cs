using System.Diagnostics;
using System.Runtime.InteropServices;
using Truebit.Rehearsals;

namespace Truebit.Bench;

/// <summary>What the figures were measured on.</summary>
internal sealed record Machine(string Description, string LoadBefore)
{
    private const string LoadFile = "/proc/loadavg";
    private const string ProcessorFile = "/proc/cpuinfo";

    public static async Task<Machine> LookAsync()
    {
        return new Machine(
            $"{Environment.ProcessorCount} cores ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB,"
                + $" {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {await VersionAsync()}.",
            Load());
    }

    /// <summary>How many processes want to run, over the last minute; unknown where there is no /proc.</summary>
    public static string Load() => File.Exists(LoadFile) ? File.ReadAllText(LoadFile).Split(' ')[0] : "unknown";

    private static string Processor() => File.Exists(ProcessorFile)
        ? File.ReadLines(ProcessorFile).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static async Task<string> VersionAsync()
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Pwsh.Path, "--version"]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }
}
