using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Truebit.Bench;

/// <summary>The limit: the same requests at the same concurrency by HttpClient alone, whose answers are read and dropped.</summary>
internal sealed class PlainClient(Job job) : IDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = job.Hub,
        DefaultRequestHeaders = { { "Accept", "application/json" }, { "User-Agent", "Truebit-Bench/1.0.0" }, { "x-api-key", "bench" } },
    };

    private readonly Stopwatch _clock = new();
    private int _next;
    private int _done;
    private double _first;

    public static async Task<ClientResult> RunAsync(Job job)
    {
        using PlainClient client = new(job);
        await client.WarmUpAsync();
        using (HttpClient control = new())
        {
            using HttpResponseMessage reset = await control.PostAsync(new Uri(job.Control, "reset"), null);
        }

        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetTotalAllocatedBytes();
        await client.SendAsync(job.Rows);
        return new ClientResult
        {
            Rows = client._done,
            Seconds = client._clock.Elapsed.TotalSeconds,
            FirstSeconds = client._first,
            CpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
            AllocatedBytes = GC.GetTotalAllocatedBytes() - allocated,
            PeakBytes = Process.GetCurrentProcess().PeakWorkingSet64,
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Blocks of rows until one is not quicker than those before it, as client.ps1 does.</summary>
    private async Task WarmUpAsync()
    {
        double best = double.MaxValue;
        for (int block = 0; job.WarmUp > 0 && block < Job.MaxBlocks; block++)
        {
            await SendAsync(job.WarmUp);
            if (_clock.Elapsed.TotalSeconds > best / Job.Steady)
            {
                break;
            }

            best = _clock.Elapsed.TotalSeconds;
        }
    }

    private async Task SendAsync(int rows)
    {
        (_next, _done) = (0, 0);
        _clock.Restart();
        await Task.WhenAll(Enumerable.Range(0, job.ThrottleLimit).Select(_ => Task.Run(() => WorkAsync(rows))));
        _clock.Stop();
    }

    private async Task WorkAsync(int rows)
    {
        for (int row = Interlocked.Increment(ref _next); row <= rows; row = Interlocked.Increment(ref _next))
        {
            byte[] answer = await ExecuteAsync(row);
            if (!job.Sync)
            {
                await FollowAsync(answer);
            }

            if (Interlocked.Increment(ref _done) == 1)
            {
                _first = _clock.Elapsed.TotalSeconds;
            }
        }
    }

    private async Task<byte[]> ExecuteAsync(int row)
    {
        string body = $$$$"""
            {"namespace":"bench","taskName":"orders","async":{{{{(job.Sync ? "false" : "true")}}}},"executionTimeout":60000,"input":{"path":"/store/order","method":"POST","body":{"id":{{{{row}}}},"petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"approved","complete":true}}}
            """;
        using HttpRequestMessage request = new(HttpMethod.Post, "task/api/execute-by-name") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await ReadAsync(request);
    }

    /// <summary>Knows how long the shortest task takes, and asks often from then on.</summary>
    private async Task FollowAsync(byte[] accepted)
    {
        string id = Encoding.UTF8.GetString(accepted).Split('"')[3];
        await Task.Delay(TimeSpan.FromMilliseconds(0.9 * job.TaskMilliseconds));
        while (true)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"task/api/execution-status/{id}");
            if ((await ReadAsync(request)).AsSpan().IndexOf("Running"u8) < 0)
            {
                return;
            }

            await Task.Delay(PollEvery);
        }
    }

    private async Task<byte[]> ReadAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }
}
