using System.Net;
using System.Text.Json;
using Truebit.Sandbox.Tasks;

namespace Truebit.Sandbox;

/// <summary>Accepts or rejects a submission, and answers it in the way it asks for (truebit-api.md 4.1).</summary>
internal sealed class ExecuteEndpoint(
    string apiKey, TimeSpan syncWindow, TaskCatalog tasks, Executions executions, Ledger ledger)
{
    private const int ReadSize = 16 * 1024;

    public async Task<Answer> AnswerAsync(TaskKind kind, HttpListenerRequest request, CancellationToken stopping)
    {
        // Read to its end even where the headers alone are refused: a body left behind costs the connection.
        using MemoryStream body = new();
        await request.InputStream.CopyToAsync(body, ReadSize, stopping);
        (Execution execution, bool isAsync) = Submit(kind, request.Headers["x-api-key"], body.ToArray());
        if (isAsync)
        {
            return new Answer(200, Replies.Id(execution));
        }
        await execution.WaitAsync(syncWindow, stopping);
        return new Answer(200, execution.IsFinished ? execution.Result : Replies.Id(execution));
    }

    private (Execution Execution, bool IsAsync) Submit(TaskKind kind, string? key, byte[] body)
    {
        ledger.CountSubmission();
        try
        {
            CheckKey(key);
            using JsonDocument document = Json.Parse(body);
            ExecuteRequest request = ExecuteRequest.Read(kind, document.RootElement);
            Func<TaskAnswer> work = tasks.Find(kind, request.TaskName).Prepare(request.Input);
            if (!ledger.TryCharge())
            {
                throw new RejectedException(402, "payment required: the balance of this sandbox is used up");
            }
            return (executions.Add(kind, request.Input.Value, work()), request.IsAsync);
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
