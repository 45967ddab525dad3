using System.Text;

namespace Truebit.Module.Tests.Hubs;

/// <summary>What goes back over the wire, well-formed or not.</summary>
internal sealed record HubAnswer(byte[] Bytes, bool Closes = false)
{
    /// <summary>The connection ends without an answer.</summary>
    public static HubAnswer Nothing { get; } = new([], Closes: true);

    public static HubAnswer Json(int status, string body, params string[] headers) => Text(status, "application/json", body, headers);

    public static HubAnswer Text(int status, string type, string body, params string[] headers)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        return new HubAnswer([.. Head(status, type, content.Length, headers), .. content]);
    }

    public static HubAnswer Accepted(string id) => Json(200, $$"""{"executionId":"{{id}}"}""");

    public static HubAnswer Running(string id) => Json(200, $$"""{"executionId":"{{id}}","status":"Running"}""");

    public static HubAnswer Success(string id, string output = "{}") => Json(
        200,
        $$"""
        {"executionId":"{{id}}","clearTextSolution":{"output":{{output}},"status":"succeed","senderAddress":"0x01"},
        "status":"Success","totalTransferredBytes":{"request":194,"response":438} }
        """);

    public static HubAnswer Message(int status, string message) => Json(status, $$"""{"message":"{{message}}"}""");

    /// <summary>The first part of an answer that announces more.</summary>
    public static HubAnswer CutOff(string part) =>
        new([.. Head(200, "application/json", part.Length + 100, []), .. Encoding.UTF8.GetBytes(part)], Closes: true);

    private static byte[] Head(int status, string type, int length, string[] headers) => Encoding.ASCII.GetBytes(
        string.Join("\r\n", [$"HTTP/1.1 {status} Status", $"Content-Type: {type}", $"Content-Length: {length}", .. headers, "", ""]));
}
