using System.Net;
using System.Text.Json;
using Truebit.Sandbox.Tasks;

namespace Truebit.Sandbox;

/// <summary>Accepts or rejects a submission, and answers it in the way it asks for (truebit-api.md 4.1).</summary>
internal sealed class ExecuteEndpoint(
    string apiKey, SandboxOptions options, TaskCatalog tasks, Executions executions, FaultInjector faults, Ledger ledger)
{
    private const int ReadSize = 16 * 1024;

    /// <summary>The longest body in bytes: it is read before the key is checked, and anybody on this machine could send one without end.</summary>
    private const int LongestBody = 32 * 1024 * 1024;

    public async Task<SandboxResponse> RespondAsync(TaskKind kind, HttpListenerRequest request, CancellationToken stopping)
    {
        // Read to its end even where the headers alone are refused: a body left behind costs the connection.
        byte[]? body = await ReadAsync(request.InputStream, stopping);
        ledger.CountSubmission();
        if (body is null)
        {
            ledger.CountRejection();
            throw new RejectedException(413, $"the body is longer than {LongestBody >> 20} MB");
        }

        Fault fault = faults.Draw();
        string? key = request.Headers["x-api-key"];
        if (faults.InsteadOfHandling(fault, key, body) is SandboxResponse refusal)
        {
            ledger.CountFault();
            ledger.CountRejection();
            return refusal;
        }

        (Execution execution, bool isAsync) = Submit(kind, key, body, fault);
        SandboxResponse? instead = faults.InsteadOfAnswer(fault, executions.First);
        if (!isAsync)
        {
            await execution.WaitAsync(options.SyncWindow, stopping);
        }

        if (instead is not null)
        {
            return instead;
        }

        Delivery delivery = FaultInjector.DeliveryOf(fault);
        return !isAsync && execution.IsFinished
            ? FaultInjector.AnswerOf(execution, execution.Result, delivery)
            : new SandboxResponse(200, ResponseBody.Id(execution.Id)) { Delivery = delivery };
    }

    private (Execution Execution, bool IsAsync) Submit(TaskKind kind, string? key, byte[] body, Fault fault)
    {
        try
        {
            CheckKey(key);
            using JsonDocument document = Json.Parse(body);
            ExecuteRequest request = ExecuteRequest.Read(kind, document.RootElement);
            Func<TaskOutput> work = tasks.Find(kind, $"{request.Namespace}/{request.TaskName}").Prepare(request.Input);
            SandboxCharge charge = new(Guid.NewGuid().ToString(), kind, request, FaultInjector.TellsId(fault));
            if (!ledger.TryCharge(charge))
            {
                throw new RejectedException(402, "payment required: the balance of this sandbox is used up");
            }

            if (fault != Fault.None)
            {
                ledger.CountFault();
            }

            TimeSpan latency = faults.LatencyOf(fault, options.Latency);
            TaskOutput output = work();
            if (Timeout(request) is TimeSpan timeout && latency > timeout)
            {
                (output, latency) = (TaskOutput.TimedOut(kind), timeout);
            }

            return (executions.Add(charge, request.Input.Value, output, latency, fault), request.IsAsync);
        }
        catch
        {
            ledger.CountRejection();
            throw;
        }
    }

    /// <summary>The body; null where it is too long. The rest of such a body is read and forgotten, within reason.</summary>
    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken stopping)
    {
        using MemoryStream body = new();
        byte[] buffer = new byte[ReadSize];
        long length = 0;
        for (int read; length <= 2L * LongestBody && (read = await stream.ReadAsync(buffer, 0, ReadSize, stopping)) > 0;)
        {
            length += read;
            if (length <= LongestBody)
            {
                body.Write(buffer, 0, read);
            }
        }

        return length <= LongestBody ? body.ToArray() : null;
    }

    /// <summary>How long the execution may take; null where it may take as long as it likes.</summary>
    private TimeSpan? Timeout(ExecuteRequest request) => (options.TimeoutUnit, request.ExecutionTimeout) switch
    {
        (SandboxTimeoutUnit.Milliseconds, uint timeout) => TimeSpan.FromMilliseconds(timeout),
        (SandboxTimeoutUnit.Seconds, uint timeout) => TimeSpan.FromSeconds(timeout),
        _ => null,
    };

    private void CheckKey(string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            throw new RejectedException(401, "not authorized: the x-api-key header is missing");
        }

        if (key != apiKey)
        {
            throw new RejectedException(401, "not authorized: the x-api-key header does not hold this sandbox's key");
        }
    }
}
