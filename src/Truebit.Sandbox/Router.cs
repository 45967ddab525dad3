using System.Net;

namespace Truebit.Sandbox;

/// <summary>Finds what a request asks for (truebit-api.md 1) and turns every failure into an answer.</summary>
internal sealed class Router(ExecuteEndpoint execute, DocumentEndpoint records, Executions executions, FaultInjector faults, Ledger ledger)
{
    private const string ApiStatus = "/task/api/execution-status/";
    private const string FunctionStatus = "/task/function/execution-status/";
    private const string TaskOfId = "/task/";
    private const string TaskOfHash = "/task/hash/";
    private const string Transcript = "/transcript";
    private const string Invoice = "/transcriptInvoice";

    public async Task<SandboxResponse> RespondAsync(HttpListenerRequest request, CancellationToken stopping)
    {
        try
        {
            return await RouteAsync(request, stopping);
        }
        catch (RejectedException rejected)
        {
            return new SandboxResponse(rejected.StatusCode, ResponseBody.Message(rejected.Message));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // A bug of the sandbox itself. Its message is withheld, because it may contain secrets.
            return new SandboxResponse(500, ResponseBody.Message($"the sandbox failed: {failure.GetType().Name}"));
        }
    }

    private async Task<SandboxResponse> RouteAsync(HttpListenerRequest request, CancellationToken stopping)
    {
        // The hub's own workflow sample posts with a trailing slash, its pages show none.
        string path = request.Url!.AbsolutePath.TrimEnd('/');
        switch (path)
        {
            case "/task/api/execute-by-name":
                RequireMethod(request, "POST");
                return await execute.RespondAsync(TaskKind.Api, request, stopping);
            case "/task/function/execute-by-name":
                RequireMethod(request, "POST");
                return await execute.RespondAsync(TaskKind.Function, request, stopping);
            case string when path.StartsWith(ApiStatus, StringComparison.Ordinal):
                RequireMethod(request, "GET");
                return RespondToStatus(TaskKind.Api, path.Substring(ApiStatus.Length));
            case string when path.StartsWith(FunctionStatus, StringComparison.Ordinal):
                RequireMethod(request, "GET");
                return RespondToStatus(TaskKind.Function, path.Substring(FunctionStatus.Length));
            case string when Middle(path, TaskOfHash, Transcript) is string hash:
                RequireMethod(request, "GET");
                return records.TranscriptByHash(hash);
            case string when Middle(path, TaskOfId, Transcript) is string id:
                RequireMethod(request, "GET");
                return records.Transcript(id);
            case string when Middle(path, TaskOfId, Invoice) is string id:
                RequireMethod(request, "GET");
                return records.Invoice(id);
            default:
                throw new RejectedException(404, "the sandbox has no such endpoint");
        }
    }

    /// <summary>The one segment of the path between its start and its end; null where it is another path.</summary>
    private static string? Middle(string path, string start, string end)
    {
        bool fits = path.Length > start.Length + end.Length
            && path.StartsWith(start, StringComparison.Ordinal)
            && path.EndsWith(end, StringComparison.Ordinal);
        string middle = fits ? path.Substring(start.Length, path.Length - start.Length - end.Length) : "/";
        return middle.Contains('/') ? null : middle;
    }

    private static void RequireMethod(HttpListenerRequest request, string method)
    {
        if (request.HttpMethod != method)
        {
            throw new RejectedException(405, $"this endpoint takes {method} only");
        }
    }

    private SandboxResponse RespondToStatus(TaskKind kind, string id)
    {
        ledger.CountStatusQuery();
        if (faults.DrawStatusError() is int status)
        {
            ledger.CountFault();
            throw new RejectedException(status, "status unavailable (injected sandbox fault)");
        }

        Execution? execution = executions.Find(kind, id);
        if (execution is not null && faults.Hides(execution))
        {
            ledger.CountFault();
            execution = null;
        }

        if (execution is null)
        {
            throw new RejectedException(404, "no execution of this id is known to this endpoint");
        }

        return execution.Fault == Fault.WrongId
            ? new SandboxResponse(200, ResponseBody.Running(execution.Kind, Guid.NewGuid().ToString()))
            : FaultInjector.AnswerOf(execution, execution.IsFinished ? execution.Result : ResponseBody.Running(execution.Kind, execution.Id));
    }
}
