using Truebit.Proof.Tests;

namespace Truebit.Desktop.Tests;

/// <summary>What the process has loaded is what users get, and nobody has redirected anything.</summary>
public sealed class AssemblyTests(DesktopProcess desktop) : IClassFixture<DesktopProcess>
{
    [Fact]
    public async Task The_modules_folder_gives_the_assemblies()
    {
        await desktop.AskAsync<object>(new { Verb = "prove", Document = Samples.Invoice });

        string[] loaded = await desktop.AskAsync<string[]>(new { Verb = "assemblies" });

        // Mono has a System.Numerics.Vectors of its own.
        Assert.All(
            ["Truebit.Module", "Truebit.Client", "System.Text.Json", "System.Memory", "System.Buffers"],
            name => Assert.Contains(Path.Combine(DesktopProcess.ModuleFolder, name + ".dll"), loaded));
        Assert.Equal(loaded.Distinct(StringComparer.OrdinalIgnoreCase), loaded);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(loaded.Single(static file => file.EndsWith("Truebit.Desktop.exe", StringComparison.Ordinal)))!),
            static file => file.EndsWith(".config", StringComparison.Ordinal) || file.EndsWith(".dll", StringComparison.Ordinal));
    }
}
