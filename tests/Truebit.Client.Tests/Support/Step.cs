using System.Text;

namespace Truebit.Client.Tests.Support;

/// <summary>What the scripted hub does once it has read a request.</summary>
internal sealed record Step
{
    public int Status { get; init; } = 200;

    public byte[] Body { get; init; } = [];

    public string[] Headers { get; init; } = [];

    /// <summary>Bytes that Content-Length promises and that never come: the connection closes instead.</summary>
    public int MissingBytes { get; init; }

    public Ending Ending { get; init; }

    /// <summary>Nothing is answered before this is complete.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>Reads the request and closes the connection without a byte of answer.</summary>
    public static Step Close { get; } = new() { Ending = Ending.Silence };

    /// <summary>Reads the whole request and resets the connection.</summary>
    public static Step Reset { get; } = new() { Ending = Ending.Reset };

    public static Step Json(string body, int status = 200, params string[] headers) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(body), Headers = ["Content-Type: application/json", .. headers] };

    public static Step Html(string body, int status) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(body), Headers = ["Content-Type: text/html"] };

    public static Step Empty(int status, params string[] headers) => new() { Status = status, Headers = headers };

    /// <summary>Only an id: the execution was accepted.</summary>
    public static Step Accepted(string id = Hub.Id) => Json($$"""{"executionId":"{{id}}"}""");

    public static Step Running(string id = Hub.Id) => Json($$"""{"executionId":"{{id}}","status":"Running"}""");

    public static Step Success(string id = Hub.Id, string output = "1") =>
        Json($$"""{"executionId":"{{id}}","clearTextSolution":{"output":{{output}},"status":"succeed"},"status":"Success"}""");
}

/// <summary>How a request ends.</summary>
internal enum Ending
{
    Answer,
    Silence,
    Reset,
}

/// <summary>Where a connection breaks before its request was read.</summary>
internal enum ResetPoint
{
    BeforeReading,
    AfterHeaders,
}
