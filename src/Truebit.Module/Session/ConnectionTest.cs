using System.Diagnostics;
using System.Management.Automation;
using System.Net;
using Truebit.Client;

namespace Truebit.Session;

/// <summary>Finds out whether a run could begin, without paying: the hub is asked for an execution that cannot exist.</summary>
/// <param name="endpoint">The hub's base address.</param>
/// <param name="probe">Asks it.</param>
/// <param name="timeout">How long each answer is awaited.</param>
/// <param name="stop">Ends the wait.</param>
internal sealed class ConnectionTest(Uri endpoint, HubProbe probe, TimeSpan timeout, CancellationToken stop)
{
    /// <summary>What is wrong; null if nothing is.</summary>
    public TruebitException? Error { get; private set; }

    /// <param name="key">The key; null if there is none.</param>
    /// <param name="source">Where the key comes from, in words.</param>
    /// <param name="missing">Why there is no key.</param>
    public async Task<TruebitConnectionTest> RunAsync(SecretText? key, string? source, TruebitException? missing)
    {
        ConnectionAnswer answer = await AskAsync(key).ConfigureAwait(false);
        KeyCheck check = await CheckAsync(key, answer).ConfigureAwait(false);
        Uri? proxy = FindProxy();
        Error = !answer.Reached ? Unreachable(answer, proxy)
            : check == KeyCheck.Missing ? missing
            : check == KeyCheck.Refused ? Refused(answer, source)
            : answer.IsFromHub ? null
            : answer.Said;
        return new TruebitConnectionTest(endpoint, proxy, answer, source, check, Error?.Message);
    }

    private async Task<ConnectionAnswer> AskAsync(SecretText? key)
    {
        Stopwatch clock = Stopwatch.StartNew();
        HubException said = await probe.AskAsync(key, timeout, stop).ConfigureAwait(false);
        return new ConnectionAnswer(said, clock.Elapsed);
    }

    /// <summary>A hub that takes the question with a key may take it without one, too: then it has not looked at the key.</summary>
    private async Task<KeyCheck> CheckAsync(SecretText? key, ConnectionAnswer answer) =>
        key is null ? KeyCheck.Missing
        : answer.RefusesKey ? KeyCheck.Refused
        : !answer.IsFromHub ? KeyCheck.Unknown
        : await AskAsync(null).ConfigureAwait(false) is { RefusesKey: true } ? KeyCheck.Accepted
        : KeyCheck.NotChecked;

    private ErrorException Refused(ConnectionAnswer answer, string? source) => new(
        answer.Said.ErrorId,
        ErrorCategory.AuthenticationError,
        $"{endpoint.Authority} refused the API key from {source} ({(int?)answer.Said.StatusCode}){(answer.Said.HubMessage is string words ? $": {words.TrimEnd('.')}" : "")}."
            + " Check the key, or create another one with Truebit's own command line (auth new-apikey).");

    private ErrorException Unreachable(ConnectionAnswer answer, Uri? proxy) => new(
        answer.Said.ErrorId,
        ErrorCategory.ConnectionError,
        $"{answer.Said.Message} Check -Endpoint, the name service, the firewall{(proxy is null ? " and, if the way out needs one, the proxy (environment variable HTTPS_PROXY)." : $" and the proxy {proxy}.")}");

    private Uri? FindProxy()
    {
        IWebProxy? system = endpoint.IsLoopback ? null : WebRequest.DefaultWebProxy;
        return system?.IsBypassed(endpoint) == false && system.GetProxy(endpoint) is Uri proxy && proxy != endpoint
            ? new UriBuilder(proxy) { UserName = "", Password = "" }.Uri
            : null;
    }
}
