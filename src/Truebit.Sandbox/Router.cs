using System.Net;

namespace Truebit.Sandbox;

/// <summary>Finds what a request asks for (truebit-api.md 1) and turns every failure into an answer.</summary>
internal sealed class Router(ExecuteEndpoint execute, Executions executions, FaultInjector faults, Ledger ledger)
{
    private const string ApiStatus = "/task/api/execution-status/";
    private const string FunctionStatus = "/task/function/execution-status/";

    public async Task<Answer> AnswerAsync(HttpListenerRequest request, CancellationToken stopping)
    {
        try
        {
            return await RouteAsync(request, stopping);
        }
        catch (RejectedException rejected)
        {
            return new Answer(rejected.StatusCode, Replies.Message(rejected.Message));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // A fault of the sandbox itself. Its message is kept back: nobody has looked for secrets in it.
            return new Answer(500, Replies.Message($"the sandbox failed: {failure.GetType().Name}"));
        }
    }

    private async Task<Answer> RouteAsync(HttpListenerRequest request, CancellationToken stopping)
    {
        // The hub's own workflow sample posts with a trailing slash, its pages show none.
        string path = request.Url!.AbsolutePath.TrimEnd('/');
        switch (path)
        {
            case "/task/api/execute-by-name":
                RequireMethod(request, "POST");
                return await execute.AnswerAsync(TaskKind.Api, request, stopping);
            case "/task/function/execute-by-name":
                RequireMethod(request, "POST");
                return await execute.AnswerAsync(TaskKind.Function, request, stopping);
            case string when path.StartsWith(ApiStatus, StringComparison.Ordinal):
                RequireMethod(request, "GET");
                return AnswerStatus(TaskKind.Api, path.Substring(ApiStatus.Length));
            case string when path.StartsWith(FunctionStatus, StringComparison.Ordinal):
                RequireMethod(request, "GET");
                return AnswerStatus(TaskKind.Function, path.Substring(FunctionStatus.Length));
            default:
                throw new RejectedException(404, "the sandbox has no such endpoint");
        }
    }

    private static void RequireMethod(HttpListenerRequest request, string method)
    {
        if (request.HttpMethod != method)
        {
            throw new RejectedException(405, $"this endpoint takes {method} only");
        }
    }

    private Answer AnswerStatus(TaskKind kind, string id)
    {
        ledger.CountStatusQuery();
        if (faults.DrawStatusError() is int status)
        {
            ledger.CountFault();
            throw new RejectedException(status, "the status cannot be told now (a fault of the sandbox, on purpose)");
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
        return new Answer(200, execution.IsFinished ? execution.Result : Replies.Running(execution));
    }
}
