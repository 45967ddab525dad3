using System.Text;

namespace Truebit.TestHub;

/// <summary>What a <see cref="HubServer"/> does once it has read a request: answer, well-formed or not, or break the connection.</summary>
public sealed record CannedResponse
{
    /// <summary>The execution that is answered with where a test names none.</summary>
    public const string Id = "e7e444fa-96c5-45c9-9c65-dd9f8edfdafd";

    public int Status { get; init; } = 200;

    public byte[] Body { get; init; } = [];

    public string[] Headers { get; init; } = [];

    /// <summary>Bytes that Content-Length promises and that never come: the connection closes instead.</summary>
    public int MissingBytes { get; init; }

    public Ending Ending { get; init; }

    /// <summary>Nothing is answered before this is complete.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>Reads the request and closes the connection without a byte of answer.</summary>
    public static CannedResponse Close { get; } = new() { Ending = Ending.Silence };

    /// <summary>Reads the whole request and resets the connection.</summary>
    public static CannedResponse Reset { get; } = new() { Ending = Ending.Reset };

    public static CannedResponse Json(string body, int status = 200, params string[] headers) => Text("application/json", body, status, headers);

    public static CannedResponse Text(string type, string body, int status = 200, params string[] headers) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(body), Headers = [$"Content-Type: {type}", .. headers] };

    public static CannedResponse Empty(int status, params string[] headers) => new() { Status = status, Headers = headers };

    public static CannedResponse Message(string message, int status = 200, params string[] headers) => Json($$"""{"message":"{{message}}"}""", status, headers);

    /// <summary>The first part of a JSON answer that announces more.</summary>
    public static CannedResponse CutOff(string part) => Json(part) with { MissingBytes = 100 };

    /// <summary>These bytes in place of an HTTP answer; then the connection closes.</summary>
    public static CannedResponse Raw(byte[] bytes) => new() { Body = bytes, Ending = Ending.Raw };

    /// <summary>Only an id: the execution was accepted.</summary>
    public static CannedResponse Accepted(string id = Id) => Json($$"""{"executionId":"{{id}}"}""");

    public static CannedResponse Running(string id = Id) => Json($$"""{"executionId":"{{id}}","status":"Running"}""");

    public static CannedResponse Success(string id = Id, string output = "1") => Json(
        $$"""
        {"executionId":"{{id}}","clearTextSolution":{"output":{{output}},"status":"succeed","senderAddress":"0x01"},
        "status":"Success","totalTransferredBytes":{"request":194,"response":438} }
        """);
}
