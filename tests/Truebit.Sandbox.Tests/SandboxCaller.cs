using System.Net;
using System.Text;
using System.Text.Json;

namespace Truebit.Sandbox.Tests;

/// <summary>A sandbox and a plain HTTP client for it: what is tested is what is on the wire.</summary>
internal sealed class SandboxCaller : IDisposable
{
    public const string ApiPath = "/task/api/execute-by-name";
    public const string FunctionPath = "/task/function/execute-by-name";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public SandboxCaller(SandboxOptions? options = null)
    {
        Hub = SandboxHub.Start(options ?? new SandboxOptions());
        _http.BaseAddress = Hub.Endpoint;
    }

    public SandboxHub Hub { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        Hub.Dispose();
    }

    public static string ApiBody(string task, string input, bool isAsync = false) =>
        $$"""{"namespace":"sandbox","taskName":"{{task}}","async":{{(isAsync ? "true" : "false")}},"executionTimeout":10000,"input":{{input}}}""";

    public static string FunctionBody(string input, bool isAsync = false) =>
        $$"""{"namespace":"sandbox","taskName":"echo","async":{{(isAsync ? "true" : "false")}},"input":{{input}},"totalSolutions":3,"requiredSolutions":2,"taskRequesterTimestamp":1710262226}""";

    public Task<Reply> EchoAsync(string input, bool isAsync = false) =>
        PostAsync(ApiPath, ApiBody("echo", input, isAsync));

    public Task<Reply> PetStoreAsync(string input) => PostAsync(ApiPath, ApiBody("petstore", input));

    public Task<Reply> FunctionAsync(string input, bool isAsync = false) =>
        PostAsync(FunctionPath, FunctionBody(input, isAsync));

    public Task<Reply> PostAsync(string path, string body) => PostAsync(path, body, Hub.ApiKey);

    public async Task<Reply> PostAsync(string path, string body, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }
        return await SendAsync(request);
    }

    public Task<Reply> ApiStatusAsync(string id) => GetAsync($"/task/api/execution-status/{id}");

    public Task<Reply> FunctionStatusAsync(string id) => GetAsync($"/task/function/execution-status/{id}");

    public async Task<Reply> GetAsync(string path, string method = "GET")
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        return await SendAsync(request);
    }

    private async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request, Cancellation);
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        return new Reply(response.StatusCode, text);
    }
}

internal sealed record Reply(HttpStatusCode Status, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string Id => Json.GetProperty("executionId").GetString()!;

    public string Message => Json.GetProperty("message").GetString()!;

    public string OutputText => Json.GetProperty("clearTextSolution").GetProperty("output").GetRawText();

    /// <summary>The top-level members' names, in order: the async shape is told by them alone (truebit-api.md 4.1).</summary>
    public string Members => string.Join(" ", Json.EnumerateObject().Select(member => member.Name));

    public string At(params string[] path)
    {
        JsonElement element = path.Aggregate(Json, (parent, name) => parent.GetProperty(name));
        return element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
    }
}
