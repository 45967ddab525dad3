using System.Diagnostics;
using System.Text.RegularExpressions;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Packages;

/// <summary>The build's tool, run as build.ps1 -Task Package runs it, into a folder of its own.</summary>
public sealed class PackagingTool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-packages-");

    /// <summary>The version that the manifest gives.</summary>
    public static string Version { get; } = Regex.Match(File.ReadAllText(Repository.Manifest), @"ModuleVersion\s*=\s*'(.+)'").Groups[1].Value;

    public string Output => _folder.FullName;

    public string Gallery => Path.Combine(Output, $"Truebit.{Version}.nupkg");

    public string Automation => Path.Combine(Output, "Truebit.zip");

    /// <summary>Makes the packages of the built module.</summary>
    public PackagingTool Run()
    {
        (int exitCode, string errors) = Try(Repository.ModuleFolder, Repository.Changelog);
        Assert.True(exitCode == 0, errors);
        return this;
    }

    public (int ExitCode, string Errors) Try(string module, string changelog)
    {
        ProcessStartInfo start = new("dotnet", [Assembly(), module, changelog, Output]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(Limits.Event));
        output.Wait(TestContext.Current.CancellationToken);
        return (process.ExitCode, errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Assembly() =>
        Path.Combine(Repository.Root, "src", "Truebit.Packaging", "bin", Repository.Configuration, "net10.0", "Truebit.Packaging.dll");
}
