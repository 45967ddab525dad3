using System.Diagnostics;

namespace Truebit.Rehearsals;

/// <summary>Runs a PowerShell script on the built module in a process of its own, which can be killed: the process is the shell itself.</summary>
internal sealed class ScriptHost : IDisposable
{
    private readonly string _script = Path.Combine(Path.GetTempPath(), $"truebit-{Guid.NewGuid():N}.ps1");
    private readonly Process _process = new();

    /// <summary>Starts a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="variables">Its environment.</param>
    /// <param name="largestFile">In blocks of 512 bytes, not on Windows: no file can grow beyond it, as if the disk were full then.</param>
    public ScriptHost(string script, IReadOnlyDictionary<string, string> variables, int? largestFile = null)
    {
        File.WriteAllText(_script, script);
        string[] command = ["dotnet", Pwsh.Path, "-NoProfile", "-NonInteractive", "-File", _script];
        if (largestFile is not null)
        {
            // The signal is ignored, so that the write fails as on a full disk. The runtime's executable memory is a file, too.
            command = ["bash", "--posix", "-c", $"trap '' XFSZ; ulimit -f {largestFile}; exec \"$@\"", "bash", .. command];
            _process.StartInfo.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        }

        _process.StartInfo.FileName = command[0];
        _process.StartInfo.RedirectStandardOutput = true;
        _process.StartInfo.RedirectStandardError = true;
        foreach (string argument in command.Skip(1))
        {
            _process.StartInfo.ArgumentList.Add(argument);
        }

        _process.StartInfo.Environment["REHEARSAL_MODULE"] = Repository.Manifest;
        foreach (KeyValuePair<string, string> variable in variables)
        {
            _process.StartInfo.Environment[variable.Key] = variable.Value;
        }

        _process.Start();
        Output = _process.StandardOutput.ReadToEndAsync();
        Errors = _process.StandardError.ReadToEndAsync();
    }

    public Task<string> Output { get; }

    public Task<string> Errors { get; }

    /// <summary>Ends it as SIGKILL does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It did not end well.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The script ended with {_process.ExitCode}: {await Output}\n{await Errors}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        File.Delete(_script);
    }
}
