using System.Collections.Concurrent;
using System.Management.Automation;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PlainCmdlet;

/// <summary>Posts each row by HttpClient as it comes, and writes the answers as bytes: no checks, no outcomes, no objects.</summary>
[Cmdlet(VerbsCommunications.Send, "PlainRow")]
public sealed class SendPlainRowCommand : PSCmdlet, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly BlockingCollection<byte[]> _answers = [];
    private int _inFlight;

    [Parameter(Mandatory = true)]
    public Uri? Hub { get; set; }

    [Parameter]
    public int ThrottleLimit { get; set; } = 32;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void BeginProcessing()
    {
        _http.BaseAddress = Hub;
        _http.DefaultRequestHeaders.Add("Accept", "application/json");
        _http.DefaultRequestHeaders.Add("x-api-key", "bench");
    }

    protected override void ProcessRecord()
    {
        if (_inFlight == ThrottleLimit)
        {
            Write();
        }

        _inFlight++;
        _ = PostAsync(Body(InputObject!));
    }

    protected override void EndProcessing()
    {
        while (_inFlight > 0)
        {
            Write();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _answers.Dispose();
    }

    private void Write()
    {
        WriteObject(_answers.Take());
        _inFlight--;
    }

    private async Task PostAsync(byte[] body)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await _http.PostAsync("task/api/execute-by-name", content).ConfigureAwait(false);
        _answers.Add(await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
    }

    /// <summary>The columns of the row as one flat object; only the hub of the measurement takes that.</summary>
    private static byte[] Body(PSObject row)
    {
        using MemoryStream buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteBoolean("async", false);
        foreach (PSPropertyInfo property in row.Properties)
        {
            json.WriteString(property.Name, (string)property.Value);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.ToArray();
    }
}
