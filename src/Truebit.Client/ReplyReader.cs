using System.Net;
using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>Says what an answer of the hub means: an execution, or which failure (docs/design.md, "Money safety").</summary>
internal sealed class ReplyReader(string hub)
{
    /// <summary>The hub did not handle the request and says when it may be sent again.</summary>
    public static bool AsksForPause(HubReply reply) =>
        (int)reply.Status == 429 || (reply.Status == HttpStatusCode.ServiceUnavailable && reply.RetryAfter is not null);

    /// <summary>The accepted execution; null where the answer is none.</summary>
    public HubExecution? ReadSubmission(HubReply reply, TaskKind kind) =>
        reply.Status == HttpStatusCode.OK ? HubAnswer.Find(reply.Body, kind) : null;

    /// <summary>What an answer means that is no accepted execution.</summary>
    public HubException Refusal(HubReply reply, IReadOnlyList<string?> secrets)
    {
        int status = (int)reply.Status;
        string? words = HubMessage.Read(reply.Body, secrets);
        string said = Said(words);
        return status switch
        {
            200 => Unknown($"answered 200 without an execution id{said}", reply.Status, words),
            400 or 404 or 413 or 415 or 422 =>
                new HubException(HubErrorCode.InvalidRequest, $"The hub refused the request ({status}){said}", reply.Status, words),
            401 or 403 =>
                new HubException(HubErrorCode.AuthenticationFailed, $"{hub} refused the API key ({status}){said}", reply.Status, words),
            402 => new HubException(
                HubErrorCode.PaymentRequired, $"The payer of this key cannot cover the execution (402){said}", reply.Status, words),
            407 => new HubException(
                HubErrorCode.HubUnreachable, $"The proxy wants credentials (407){said} Nothing was sent to the hub.", reply.Status, words),
            >= 300 and < 400 => Redirect(reply),
            _ => Unknown($"answered {status}{said}", reply.Status, words),
        };
    }

    /// <summary>The execution that was asked for, or the failure as an exception.</summary>
    public HubExecution ReadStatus(HubReply reply, TaskKind kind, string id, IReadOnlyList<string?> secrets)
    {
        bool isOk = reply.Status == HttpStatusCode.OK;
        if (isOk && HubAnswer.Find(reply.Body, kind, id) is HubExecution execution)
        {
            return execution;
        }

        int status = (int)reply.Status;
        string? words = HubMessage.Read(reply.Body, secrets);
        string said = Said(words);

        // An unknown id is a 404 now; it was a 200 with a message once (truebit-api.md 5).
        throw status switch
        {
            404 => About(id, HubErrorCode.ExecutionNotFound, $"The hub does not know the execution '{id}' (404){said}", reply.Status, words),
            200 when IsJsonObject(reply.Body) =>
                About(id, HubErrorCode.ExecutionNotFound, $"The hub does not know the execution '{id}'{said}", reply.Status, words),
            400 => About(id, HubErrorCode.InvalidRequest, $"The hub refused the execution id '{id}' (400){said}", reply.Status, words),
            401 or 403 => About(
                id, HubErrorCode.AuthenticationFailed, $"{hub} refused to tell of the execution '{id}' ({status}){said}", reply.Status, words),
            >= 300 and < 400 => Redirect(reply, id),
            _ => About(
                id, HubErrorCode.InvalidResponse, $"The answer for the execution '{id}' cannot be read ({status}){said}", reply.Status, words),
        };
    }

    /// <summary>The request may have been handled; <paramref name="what"/> goes on from «but».</summary>
    public HubException Unknown(string what, HttpStatusCode? status = null, string? words = null) => new(
        HubErrorCode.OutcomeUnknown,
        $"The outcome is unknown: the request went to {hub}, but {(status is null ? what : "it " + what.TrimEnd('.'))}."
            + " The task may have been executed, so it was not sent again.",
        status,
        words);

    private static string Said(string? words) => words is null ? "." : $": {words.TrimEnd('.')}.";

    private static HubException About(string id, HubErrorCode code, string message, HttpStatusCode status, string? words) =>
        new(code, message, status, words) { ExecutionId = id };

    private HubException Redirect(HubReply reply, string? id = null)
    {
        string to = reply.Location is { IsAbsoluteUri: true } location ? location.Host : "another path";
        return new HubException(
            HubErrorCode.InvalidResponse,
            $"{hub} answered with a redirect ({(int)reply.Status}) to {to}. It was not followed, because the API key would go along.",
            reply.Status)
        { ExecutionId = id };
    }

    private static bool IsJsonObject(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(body).TrimStart('\uFEFF'));
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
