using System.Collections.Concurrent;
using System.Management.Automation;
using System.Net.Http.Headers;

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
        _ = PostAsync(PlainRow.ToJson(InputObject!));
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
}
