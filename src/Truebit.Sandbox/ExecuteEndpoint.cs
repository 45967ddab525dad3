using System.Net;
using System.Text.Json;
using Truebit.Sandbox.Tasks;

namespace Truebit.Sandbox;

/// <summary>Accepts or rejects a submission, and answers it in the way it asks for (truebit-api.md 4.1).</summary>
internal sealed class ExecuteEndpoint(
    string apiKey, SandboxOptions options, TaskCatalog tasks, Executions executions, FaultInjector faults, Ledger ledger)
{
    private const int ReadSize = 16 * 1024;

    public async Task<SandboxResponse> RespondAsync(TaskKind kind, HttpListenerRequest request, CancellationToken stopping)
    {
        // Read to its end even where the headers alone are refused: a body left behind costs the connection.
        using MemoryStream body = new();
        await request.InputStream.CopyToAsync(body, ReadSize, stopping);
        ledger.CountSubmission();
        Fault fault = faults.Draw();
        if (faults.InsteadOfHandling(fault) is SandboxResponse refusal)
        {
            ledger.CountFault();
            ledger.CountRejection();
            return refusal;
        }

        (Execution execution, bool isAsync) = Submit(kind, request.Headers["x-api-key"], body.ToArray(), fault);
        if (!isAsync)
        {
            await execution.WaitAsync(options.SyncWindow, stopping);
        }

        byte[] answer = !isAsync && execution.IsFinished ? execution.Result : ResponseBody.Id(execution);
        return new SandboxResponse(200, answer) { Delivery = FaultInjector.DeliveryOf(fault) };
    }

    private (Execution Execution, bool IsAsync) Submit(TaskKind kind, string? key, byte[] body, Fault fault)
    {
        try
        {
            CheckKey(key);
            using JsonDocument document = Json.Parse(body);
            ExecuteRequest request = ExecuteRequest.Read(kind, document.RootElement);
            Func<TaskOutput> work = tasks.Find(kind, $"{request.Namespace}/{request.TaskName}").Prepare(request.Input);
            SandboxCharge charge = new(Guid.NewGuid().ToString(), kind, request, FaultInjector.DeliveryOf(fault) == Delivery.Whole);
            if (!ledger.TryCharge(charge))
            {
                throw new RejectedException(402, "payment required: the balance of this sandbox is used up");
            }

            if (fault != Fault.None)
            {
                ledger.CountFault();
            }

            TimeSpan latency = faults.LatencyOf(fault, options.Latency);
            return (executions.Add(charge, request.Input.Value, work(), latency), request.IsAsync);
        }
        catch
        {
            ledger.CountRejection();
            throw;
        }
    }

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
