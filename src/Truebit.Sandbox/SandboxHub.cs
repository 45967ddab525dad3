using System.Net;
using System.Net.Sockets;
using Truebit.Sandbox.Tasks;

namespace Truebit.Sandbox;

/// <summary>
/// A local stand-in for the Truebit hub, on loopback: the endpoints of truebit-api.md 1, with the
/// API tasks <c>sandbox/petstore</c>, <c>sandbox/echo</c> and <c>sandbox/broken</c> and the function tasks
/// <c>sandbox/echo</c>, <c>sandbox/indeterminate</c> and <c>sandbox/error</c>.
/// </summary>
/// <remarks>
/// Where the hub's behaviour is not public (truebit-api.md 12), the simplest was chosen:
/// <list type="bullet">
/// <item>Checks come in the order key (401), body (400), task (404), input (400 by the task), balance (402).</item>
/// <item>An error body is <c>{"message"}</c>, and the message names the field. Unknown fields of the request and of the
/// input, and surplus params, are let pass; null is not taken for absence.</item>
/// <item>An unknown namespace or task is a 404, and so is an execution id asked of the other family.</item>
/// <item>label, version, gasLimit and the number of solutions are checked for their types and have no effect: a task has one version, one
/// answer stands for all.</item>
/// <item>executionTimeout has an effect only with <see cref="SandboxOptions.TimeoutUnit"/>. An API task that runs out of it ends as <c>Error</c>,
/// a function task as <c>Indeterminate</c>; both are charged, and the target has been called.</item>
/// <item>A body of more than 32 MB is a 413.</item>
/// <item>The target is called at the moment of acceptance; only the result waits for the latency.</item>
/// <item>An answer of the target that is an error makes the execution an <c>Error</c> with the inner status
/// <c>failed</c>, its output being the target's body. It is charged: a charge is made on acceptance.</item>
/// <item>A path must be the manifest's template, its values in params; they are percent-encoded. A url is taken as it
/// is, and wins over a path.</item>
/// <item>totalTransferredBytes are the lengths of the input and of the output as JSON in UTF-8.</item>
/// <item>The sender's address is made up, and the signature of a function's result is only of the right shape.</item>
/// <item>Transcripts and invoices are there from the end of an execution on, need no key, and are signed with a key that each
/// sandbox makes for itself. Everything is hashed by the one rule that is known (truebit-api.md 8.3). Their times are Unix
/// milliseconds, their blocks, contracts, nodes, steps and memory made up. The dispatch message has the input in clear,
/// headers included. A transcript is found by its hash once it was asked for by its id.</item>
/// <item>A fault is drawn when a submission has been read. What is refused anyway (key, body, task, input, balance) is
/// refused as ever, unless the fault comes before that. A lost answer is lost at the moment it would have been sent.</item>
/// <item>Executions and orders are kept until the sandbox ends.</item>
/// </list>
/// </remarks>
public sealed class SandboxHub : IDisposable
{
    private const int PortAttempts = 10;

    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Ledger _ledger;
    private readonly Router _router;

    private SandboxHub(HttpListener listener, TaskCatalog tasks, SandboxOptions options)
    {
        _listener = listener;
        _ledger = new Ledger(options.Balance);
        FaultSeed = options.Faults?.Seed;
        Executions executions = new();
        FaultInjector faults = new(options.Faults ?? new SandboxFaults());
        ExecuteEndpoint execute = new(ApiKey, options, tasks, executions, faults, _ledger);
        _router = new Router(execute, new DocumentEndpoint(executions, faults, _ledger), executions, faults, _ledger);
        Endpoint = new Uri(listener.Prefixes.Single());
    }

    /// <summary>The base address of the sandbox: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The one key that the execute endpoints take: random, a lower-case UUID as in the hub's own samples.</summary>
    public string ApiKey { get; } = Guid.NewGuid().ToString();

    /// <summary>What the sandbox has seen so far.</summary>
    public SandboxCounts Counts => _ledger.Counts;

    /// <summary>What was really executed and charged so far, in the order of acceptance: a copy, which does not grow.</summary>
    public IReadOnlyList<SandboxCharge> Ledger => _ledger.Charges;

    /// <summary>The seed of the injected faults, for the same ones again; null where none were asked for.</summary>
    public int? FaultSeed { get; }

    /// <summary>Whether requests are answered: true from the start to <see cref="Dispose"/>.</summary>
    public bool IsRunning => _listener.IsListening;

    /// <summary>Starts a sandbox, which runs until it is disposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The probabilities of the faults add up to more than 1, or a task's manifest is invalid.</exception>
    /// <exception cref="InvalidOperationException">The port is taken, or may not be used.</exception>
    public static SandboxHub Start(SandboxOptions options)
    {
        options.Validate();
        TaskCatalog tasks = new(options.Tasks);
        SandboxHub hub = new(Listen(options.Port), tasks, options);
        // A request is often served without a single wait, on the thread that accepted it: one loop would use one core.
        for (int loop = 0; loop < Environment.ProcessorCount; loop++)
        {
            _ = Task.Run(hub.AcceptAsync);
        }

        return hub;
    }

    /// <summary>Frees the port and breaks off the calls that are still held. Further calls do nothing.</summary>
    public void Dispose()
    {
        _listener.Abort();
        _stopping.Cancel();
    }

    private static HttpListener Listen(int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            int candidate = port == 0 ? FindFreePort() : port;
            HttpListener listener = new() { IgnoreWriteExceptions = true };
            listener.Prefixes.Add($"http://127.0.0.1:{candidate}/");
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException e)
            {
                listener.Close();
                // Between finding a free port and taking it, another process may be faster.
                if (port != 0 || attempt == PortAttempts)
                {
                    throw new InvalidOperationException(
                        $"The sandbox cannot listen on port {candidate} of 127.0.0.1: {e.Message.TrimEnd('.')}. Give another port, or none to have one chosen.", e);
                }
            }
        }
    }

    private static int FindFreePort()
    {
        TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        try
        {
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        finally
        {
            probe.Stop();
        }
    }

    private async Task AcceptAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = ServeAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The listener was stopped, which ends the loop, or one connection broke, which must not.
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            ResponseWriter.Prepare(context.Response);
            SandboxResponse response = await _router.RespondAsync(context.Request, _stopping.Token);
            await ResponseWriter.WriteAsync(context.Response, response);
        }
        catch (Exception)
        {
            // The sandbox was stopped, or the caller has disconnected.
            context.Response.Abort();
        }
    }
}
