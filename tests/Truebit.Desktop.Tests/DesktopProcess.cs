using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Truebit.Desktop.Tests;

/// <summary>
/// Truebit.Desktop in a process: of .NET Framework on Windows, of Mono elsewhere. Where there is no Mono, the tests are skipped.
/// </summary>
/// <remarks>
/// Mono loads assemblies as .NET Framework does, but its HttpClient is not the Framework's: it has an early form of .NET's
/// SocketsHttpHandler below it, and not HttpWebRequest. What the Framework's own stack does is seen on Windows only.
/// </remarks>
public sealed class DesktopProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly string Root = FindRoot();
    private static readonly string? Mono = OperatingSystem.IsWindows() ? null : Find("mono");

    private readonly Lazy<Process> _process = new(Start);

    public const string Missing = "there is no Mono here, or not all of it (on Debian: mono-devel)";

    public static bool IsThere => OperatingSystem.IsWindows() || (Mono is not null && Directory.Exists(Path.Combine(Path.GetDirectoryName(Mono)!, "../lib/mono/4.5/Facades")));

    /// <summary>The assemblies that users get.</summary>
    public static string ModuleFolder { get; } = Path.Combine(Root, "out", "Truebit", "bin", "Desktop");

    /// <summary>Debug or Release, as the tests are.</summary>
    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Gives it a command, and waits for the answer.</summary>
    internal async Task<T> AskAsync<T>(object command)
    {
        Assert.SkipUnless(IsThere, Missing);
        await _process.Value.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command, Json));
        await _process.Value.StandardInput.FlushAsync();
        string? line = await _process.Value.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline);
        return line is not null
            ? JsonSerializer.Deserialize<T>(line)!
            : throw new InvalidOperationException(await _process.Value.StandardError.ReadToEndAsync());
    }

    /// <summary>Executes rows.</summary>
    internal Task<RowEnd[]> RunAsync(RunCommand command) => AskAsync<RowEnd[]>(new
    {
        Verb = "run",
        command.Endpoint,
        command.Key,
        command.Mode,
        command.Rows,
        command.ThrottleLimit,
        command.SubmitTimeout,
        command.Journal,
    });

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        _process.Value.Kill();
        _process.Value.WaitForExit();
    }

    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            Kill();
            _process.Value.Dispose();
        }
    }

    private static Process Start()
    {
        string program = Path.Combine(Root, "tests", "Truebit.Desktop", "bin", Configuration, "net472", "Truebit.Desktop.exe");
        string[] folders = [ModuleFolder, Path.Combine(Root, "src", "Truebit.Proof", "bin", Configuration, "net472")];
        string[] line = Mono is null ? [program, .. folders] : [Mono, program, .. folders];
        return Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Truebit.psd1")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository's root was not found.");
        }

        return folder.FullName;
    }
}
