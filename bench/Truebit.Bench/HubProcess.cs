using System.Diagnostics;
using System.Net.Http.Json;

namespace Truebit.Bench;

/// <summary>The hub's process, as the runner sees it.</summary>
internal sealed class HubProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _control;

    private HubProcess(Process process, Uri address, Uri control)
    {
        _process = process;
        Address = address;
        _control = new HttpClient { BaseAddress = control };
    }

    /// <summary>Where clients send to.</summary>
    public Uri Address { get; }

    /// <summary>Where the counters are; connections to it do not count.</summary>
    public Uri Control => _control.BaseAddress!;

    public static async Task<HubProcess> StartAsync()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["hub"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync();
        return line?.Split(' ') is [string address, string control]
            ? new HubProcess(process, new Uri(address), new Uri(control))
            : throw new BenchException("The hub did not start.");
    }

    /// <summary>Sets the hub's times, and its counters to zero.</summary>
    public async Task ResetAsync(int latencyMilliseconds, int taskMilliseconds)
    {
        using HttpResponseMessage answer = await _control.PostAsync($"reset?latency={latencyMilliseconds}&duration={taskMilliseconds}", null);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<HubStats> StatsAsync() => (await _control.GetFromJsonAsync<HubStats>("stats"))!;

    public void Dispose()
    {
        _control.Dispose();

        // The hub serves until its input ends.
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
    }
}
