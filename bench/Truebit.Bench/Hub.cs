using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Truebit.Bench;

/// <summary>
/// A hub that does as little as a hub can: it counts, waits as long as it was told to, and answers. It listens on two ports, so
/// that asking for its counters does not count as a connection.
/// </summary>
internal sealed class Hub
{
    private const string ExecutePath = "/task/api/execute-by-name";
    private const string StatusPath = "/task/api/execution-status/";

    private readonly HubCounters _counters = new();
    private readonly ConcurrentDictionary<string, HubTask> _tasks = new();
    private TimeSpan _latency;
    private TimeSpan _duration;

    /// <summary>Prints its two addresses, and serves until the standard input ends.</summary>
    public static async Task RunAsync()
    {
        Hub hub = new();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Use(next => connection => hub.ConnectAsync(next, connection)));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using WebApplication app = builder.Build();
        app.Run(hub.HandleAsync);
        await app.StartAsync();
        Console.WriteLine(string.Join(' ', app.Urls));
        await Console.In.ReadToEndAsync();
    }

    private async Task ConnectAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        _counters.Connected(1);
        try
        {
            await next(connection);
        }
        finally
        {
            _counters.Connected(-1);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (path == ExecutePath)
        {
            await ExecuteAsync(context);
        }
        else if (path.StartsWith(StatusPath, StringComparison.Ordinal))
        {
            await AnswerStatusAsync(context, path[StatusPath.Length..]);
        }
        else if (path == "/stats")
        {
            await context.Response.WriteAsJsonAsync(_counters.Read());
        }
        else if (path == "/reset")
        {
            Reset(context.Request.Query);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task ExecuteAsync(HttpContext context)
    {
        using MemoryStream body = new((int)(context.Request.ContentLength ?? 512));
        await context.Request.Body.CopyToAsync(body);
        _counters.Accepted(body.Length);
        string id = Guid.NewGuid().ToString();
        if (body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf("\"async\":true"u8) >= 0)
        {
            _tasks[id] = new HubTask(_duration * (0.9 + (0.2 * Random.Shared.NextDouble())));
            await WriteAsync(context, $$"""{"executionId":"{{id}}"}""");
            return;
        }

        await Task.Delay(_latency);
        await WriteAsync(context, Solution(id));
        _counters.Settled(_latency, TimeSpan.Zero);
    }

    private async Task AnswerStatusAsync(HttpContext context, string id)
    {
        _counters.Asked();
        if (!_tasks.TryGetValue(id, out HubTask? task))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        TimeSpan late = task.Late;
        await WriteAsync(context, late < TimeSpan.Zero ? $$"""{"executionId":"{{id}}","status":"Running"}""" : Solution(id));
        if (late >= TimeSpan.Zero && task.TellOnce())
        {
            _counters.Settled(task.Duration, late);
        }
    }

    private void Reset(IQueryCollection query)
    {
        // A client that resets the counters between warm-up and measurement leaves the times as they are.
        _latency = query.TryGetValue("latency", out var latency) ? TimeSpan.FromMilliseconds(int.Parse(latency!)) : _latency;
        _duration = query.TryGetValue("duration", out var duration) ? TimeSpan.FromMilliseconds(int.Parse(duration!)) : _duration;
        _tasks.Clear();
        _counters.Reset();
    }

    /// <summary>What it answers of an execution that has finished.</summary>
    public static string Solution(string id) => $$$"""
        {"executionId":"{{{id}}}","clearTextSolution":{"output":{"id":11,"petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"approved","complete":true},"status":"succeed","senderAddress":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"},"status":"Success","totalTransferredBytes":{"request":194,"response":438}}
        """;

    private static Task WriteAsync(HttpContext context, string json)
    {
        byte[] answer = Encoding.UTF8.GetBytes(json);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        return context.Response.Body.WriteAsync(answer, 0, answer.Length);
    }
}

/// <summary>A task that runs for a while by itself.</summary>
internal sealed class HubTask(TimeSpan duration)
{
    private readonly long _accepted = Stopwatch.GetTimestamp();
    private int _told;

    public TimeSpan Duration => duration;

    /// <summary>For how long it has been finished; negative while it runs.</summary>
    public TimeSpan Late => Stopwatch.GetElapsedTime(_accepted) - duration;

    /// <summary>True for the first who is told of the end.</summary>
    public bool TellOnce() => Interlocked.Exchange(ref _told, 1) == 0;
}
