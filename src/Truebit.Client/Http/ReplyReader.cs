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
        return isOk && HubAnswer.Find(reply.Body, kind, id) is HubExecution execution
            ? execution
            : throw QueryFailure(reply, id, $"execution '{id}'", HubErrorCode.ExecutionNotFound, "The hub does not know the", "", secrets);
    }

    /// <summary>The transcript or invoice that was asked for, or the failure as an exception.</summary>
    public HubRecord ReadRecord(HubReply reply, RecordQuery query, IReadOnlyList<string?> secrets)
    {
        bool isOk = reply.Status == HttpStatusCode.OK;
        return isOk && HubRecord.Find(reply.Body, query.Kind) is HubRecord record
            ? record
            : throw QueryFailure(
                reply, query.Id, query.Name, query.NotFound, "The hub has no", " It may not be there yet: -Wait waits for it.", secrets);
    }

    /// <summary>The request may have been handled; <paramref name="what"/> goes on from «but».</summary>
    public HubException Unknown(string what, HttpStatusCode? status = null, string? words = null) => new(
        HubErrorCode.OutcomeUnknown,
        $"The outcome is unknown: the request went to {hub}, but {(status is null ? what : "it " + what.TrimEnd('.'))}."
            + " The task may have been executed, so it was not sent again.",
        status,
        words);

    /// <summary>What an answer to a query means that does not have what was asked for.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="id">What it was asked for by.</param>
    /// <param name="name">What was asked for, in words.</param>
    /// <param name="notFound">The error for what is not there.</param>
    /// <param name="missing">How that error begins; the name follows.</param>
    /// <param name="advice">How it ends.</param>
    /// <param name="secrets">What the hub may quote and nobody may see.</param>
    private HubException QueryFailure(
        HubReply reply, string id, string name, HubErrorCode notFound, string missing, string advice, IReadOnlyList<string?> secrets)
    {
        int status = (int)reply.Status;
        string? words = HubMessage.Read(reply.Body, secrets);
        string said = Said(words);

        // An unknown id is a 404 now; it was a 200 with a message once (truebit-api.md 5).
        return status switch
        {
            404 => About(id, notFound, $"{missing} {name} (404){said}{advice}", reply.Status, words),
            200 when IsJsonObject(reply.Body) => About(id, notFound, $"{missing} {name}{said}{advice}", reply.Status, words),
            400 => About(id, HubErrorCode.InvalidRequest, $"The hub refused to look for the {name} (400){said}", reply.Status, words),
            401 or 403 => About(id, HubErrorCode.AuthenticationFailed, $"{hub} refused to tell of the {name} ({status}){said}", reply.Status, words),
            >= 300 and < 400 => Redirect(reply, id),
            _ => About(id, HubErrorCode.InvalidResponse, $"The answer for the {name} cannot be read ({status}){said}", reply.Status, words),
        };
    }

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
