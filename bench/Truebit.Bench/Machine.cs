using System.Diagnostics;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Truebit.Bench;

/// <summary>What the figures were measured on.</summary>
internal sealed record Machine(string Description, string LoadBefore)
{
    private const string LoadFile = "/proc/loadavg";
    private const string ProcessorFile = "/proc/cpuinfo";

    public static async Task<Machine> LookAsync(string? pwsh)
    {
        string engine = typeof(PSObject).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split(' ', '+')[0];
        string shell = pwsh is null ? "no pwsh" : $"{await VersionAsync(pwsh)} (pwsh)";
        return new Machine(
            $"{Environment.ProcessorCount} cores ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB,"
                + $" {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, engine {engine}, {shell}.",
            Load());
    }

    /// <summary>How many processes want to run, over the last minute; unknown where there is no /proc.</summary>
    public static string Load() => File.Exists(LoadFile) ? File.ReadAllText(LoadFile).Split(' ')[0] : "unknown";

    private static string Processor() => File.Exists(ProcessorFile)
        ? File.ReadLines(ProcessorFile).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static async Task<string> VersionAsync(string pwsh)
    {
        using Process process = Process.Start(new ProcessStartInfo(pwsh, ["--version"]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }
}
