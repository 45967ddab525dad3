using System.Net;
using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>Says what an answer of the hub means: an execution, or which failure (docs/design.md, "Money safety").</summary>
internal sealed class OutcomeReader(string hub)
{
    /// <summary>
    /// The hub did not handle the POST: it says so by 429. A 503 does not say it: a cache or a gateway answers so, too, when the hub behind it
    /// has executed the task and only its answer is late.
    /// </summary>
    public static bool IsThrottled(HubResponse response) => (int)response.Status == 429 && CandidateReader.Find(response.Body) is null;

    /// <summary>A POST was answered so that the next ones should wait, whatever became of this one.</summary>
    public static bool AsksPostsToPause(HubResponse response) => (int)response.Status is 429 or 503;

    /// <summary>A GET was answered so that the next ones should wait.</summary>
    public static bool AsksQueriesToPause(HubResponse response) =>
        (int)response.Status == 429 || (response.Status == HttpStatusCode.ServiceUnavailable && response.RetryAfter is not null);

    /// <summary>The accepted execution; null where the answer has none.</summary>
    public HubExecution? ReadSubmission(HubResponse response, TaskKind kind) =>
        IsSuccess(response) ? ExecutionReader.Find(response.Body, kind) : null;

    /// <summary>What an answer to a POST means that is no accepted execution.</summary>
    public HubException Refusal(HubResponse response, TextGate texts)
    {
        int status = (int)response.Status;
        string? words = HubMessage.Read(response, texts);
        string said = Said(words);
        if (CandidateReader.Find(response.Body) is string id)
        {
            string but = IsSuccess(response) ? ", and the rest of the answer cannot be read" : said;
            return Unknown($"answered {status} with an execution id{but}", texts, id, response.Status, words);
        }

        return status switch
        {
            400 or 404 or 413 or 415 or 422 =>
                new HubException(HubErrorCode.InvalidRequest, $"The hub refused the request ({status}){said}", response.Status, words),
            401 or 403 =>
                new HubException(HubErrorCode.AuthenticationFailed, $"{hub} refused the API key ({status}){said}", response.Status, words),
            402 => new HubException(
                HubErrorCode.PaymentRequired, $"The payer of this key cannot cover the execution (402){said} Nothing was executed.", response.Status, words),
            >= 200 and < 300 => Unknown($"answered {status} without an execution id{said}", texts, null, response.Status, words),
            >= 300 and < 400 => Unknown($"answered with a redirect ({status}) to {Target(response, texts)}, which is not followed", texts, null, response.Status),
            _ => Unknown($"answered {status}{said}", texts, null, response.Status, words),
        };
    }

    /// <summary>The execution that was asked for, or the failure as an exception.</summary>
    public HubExecution ReadStatus(HubResponse response, TaskKind kind, string id, TextGate texts)
    {
        HubExecution execution = (response.Status == HttpStatusCode.OK ? ExecutionReader.Find(response.Body, kind, id) : null)
            ?? throw QueryFailure(response, id, $"execution '{id}'", HubErrorCode.ExecutionNotFound, "The hub does not know the", $" It was asked for with -Kind {kind}.", texts);
        return ExecutionIdText.AreSame(execution.Id, id) ? execution : throw Mismatch(response, id, $"execution '{id}'", execution.Id, texts);
    }

    /// <summary>The transcript or invoice that was asked for, or the failure as an exception.</summary>
    public HubDocument ReadDocument(HubResponse response, DocumentQuery query, TextGate texts)
    {
        HubDocument document = (response.Status == HttpStatusCode.OK ? HubDocument.Find(response.Body, query.Kind) : null)
            ?? throw QueryFailure(response, query.Id, query.Name, query.NotFound, "The hub has no", " It may not be there yet: -Wait waits for it.", texts);

        // One that is asked for by its hash is proved by its hash.
        bool isOther = query.Family is not null && document.ExecutionId is not null && !ExecutionIdText.AreSame(document.ExecutionId, query.Id);
        return isOther ? throw Mismatch(response, query.Id, query.Name, document.ExecutionId!, texts) : document;
    }

    /// <summary>The request may have been handled.</summary>
    /// <param name="what">What the hub did, without its name; or what happened, if there was no answer.</param>
    /// <param name="texts">Takes out the secrets that the hub may quote.</param>
    /// <param name="candidateId">The id that the answer gave all the same.</param>
    /// <param name="status">The status of the answer; null where there was none.</param>
    /// <param name="words">The hub's own words.</param>
    public HubException Unknown(string what, TextGate texts, string? candidateId = null, HttpStatusCode? status = null, string? words = null)
    {
        // An id that quotes a secret can be kept nowhere.
        string? id = candidateId is not null && !texts.IsInId(candidateId) ? candidateId : null;
        string named = id is null ? "" : $" The answer names the execution '{id}'.";
        return new HubException(
            HubErrorCode.OutcomeUnknown,
            $"The outcome is unknown: {(status is null ? $"{what} ({hub})" : $"{hub} {what.TrimEnd('.')}")}."
                + $"{named} The task may have been executed, so it was not sent again.",
            status,
            words)
        { CandidateId = id };
    }

    /// <summary>What an answer to a query means that does not have what was asked for.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="id">What it was asked for by.</param>
    /// <param name="name">What was asked for, in words.</param>
    /// <param name="notFound">The error for what is not there.</param>
    /// <param name="missing">How that error begins; the name follows.</param>
    /// <param name="advice">How it ends.</param>
    /// <param name="texts">Takes out the secrets that the hub may quote.</param>
    private HubException QueryFailure(
        HubResponse response, string id, string name, HubErrorCode notFound, string missing, string advice, TextGate texts)
    {
        int status = (int)response.Status;
        string? words = HubMessage.Read(response, texts);
        string said = Said(words);

        // An unknown id is a 404 now; it was a 200 with a message once (truebit-api.md 5).
        return status switch
        {
            404 => About(id, notFound, $"{missing} {name} (404){said}{advice}", response.Status, words),
            200 when IsJsonObject(response.Body) => About(id, notFound, $"{missing} {name}{said}{advice}", response.Status, words),
            400 => About(id, HubErrorCode.InvalidRequest, $"The hub refused to look for the {name} (400){said}", response.Status, words),
            401 or 403 => About(id, HubErrorCode.AuthenticationFailed, $"{hub} refused the API key for the {name} ({status}){said}", response.Status, words),
            >= 300 and < 400 => About(
                id,
                HubErrorCode.InvalidResponse,
                $"{hub} answered with a redirect ({status}) to {Target(response, texts)}. It was not followed, because the API key would go along. Check -Endpoint and the proxy.",
                response.Status,
                null),
            _ => About(id, HubErrorCode.InvalidResponse, $"The answer for the {name} is not one of a hub ({status}){said} Check -Endpoint and the proxy.", response.Status, words),
        };
    }

    private static string Said(string? words) => words is null ? "." : $": {words.TrimEnd('.')}.";

    private static HubException About(string id, HubErrorCode code, string message, HttpStatusCode status, string? words) =>
        new(code, message, status, words) { ExecutionId = id };

    private HubException Mismatch(HubResponse response, string id, string name, string otherId, TextGate texts) => About(
        id, HubErrorCode.InvalidResponse, $"{hub} was asked for the {name} and answered for another execution, '{texts.Line(otherId)}'. The answer was not used. Check -Endpoint and the proxy.", response.Status, null);

    private static string Target(HubResponse response, TextGate texts) =>
        response.Location is { IsAbsoluteUri: true } location ? texts.Line(location.Host) : "another path";

    private static bool IsSuccess(HubResponse response) => (int)response.Status is >= 200 and < 300;

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
