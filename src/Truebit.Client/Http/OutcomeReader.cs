using System.Net;
using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>Says what an answer of the hub means: an execution, or which failure (docs/design.md, "Money safety").</summary>
internal sealed class OutcomeReader(string hub)
{
    /// <summary>The hub did not handle the request and says when it may be sent again.</summary>
    public static bool AsksForPause(HubResponse response) =>
        (int)response.Status == 429 || (response.Status == HttpStatusCode.ServiceUnavailable && response.RetryAfter is not null);

    /// <summary>The accepted execution; null where the answer has none.</summary>
    public HubExecution? ReadSubmission(HubResponse response, TaskKind kind) =>
        response.Status == HttpStatusCode.OK ? ExecutionReader.Find(response.Body, kind) : null;

    /// <summary>What an answer means that is no accepted execution.</summary>
    public HubException Refusal(HubResponse response, TextGate texts)
    {
        int status = (int)response.Status;
        string? words = HubMessage.Read(response, texts);
        string said = Said(words);
        return status switch
        {
            200 => Unknown($"answered 200 without an execution id{said}", response.Status, words),
            400 or 404 or 413 or 415 or 422 =>
                new HubException(HubErrorCode.InvalidRequest, $"The hub refused the request ({status}){said}", response.Status, words),
            401 or 403 =>
                new HubException(HubErrorCode.AuthenticationFailed, $"{hub} refused the API key ({status}){said}", response.Status, words),
            402 => new HubException(
                HubErrorCode.PaymentRequired, $"The payer of this key cannot cover the execution (402){said}", response.Status, words),
            407 => new HubException(
                HubErrorCode.HubUnreachable, $"The proxy wants credentials (407){said} Nothing was sent to the hub.", response.Status, words),
            >= 300 and < 400 => Redirect(response, texts),
            _ => Unknown($"answered {status}{said}", response.Status, words),
        };
    }

    /// <summary>The execution that was asked for, or the failure as an exception.</summary>
    public HubExecution ReadStatus(HubResponse response, TaskKind kind, string id, TextGate texts)
    {
        bool isOk = response.Status == HttpStatusCode.OK;
        return isOk && ExecutionReader.Find(response.Body, kind, id) is HubExecution execution
            ? execution
            : throw QueryFailure(response, id, $"execution '{id}'", HubErrorCode.ExecutionNotFound, "The hub does not know the", "", texts);
    }

    /// <summary>The transcript or invoice that was asked for, or the failure as an exception.</summary>
    public HubDocument ReadDocument(HubResponse response, DocumentQuery query, TextGate texts)
    {
        bool isOk = response.Status == HttpStatusCode.OK;
        return isOk && HubDocument.Find(response.Body, query.Kind) is HubDocument document
            ? document
            : throw QueryFailure(
                response, query.Id, query.Name, query.NotFound, "The hub has no", " It may not be there yet: -Wait waits for it.", texts);
    }

    /// <summary>The request may have been handled; <paramref name="what"/> goes on from «but».</summary>
    public HubException Unknown(string what, HttpStatusCode? status = null, string? words = null) => new(
        HubErrorCode.OutcomeUnknown,
        $"The outcome is unknown: the request went to {hub}, but {(status is null ? what : "it " + what.TrimEnd('.'))}."
            + " The task may have been executed, so it was not sent again.",
        status,
        words);

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
            401 or 403 => About(id, HubErrorCode.AuthenticationFailed, $"{hub} refused access to the {name} ({status}){said}", response.Status, words),
            >= 300 and < 400 => Redirect(response, texts, id),
            _ => About(id, HubErrorCode.InvalidResponse, $"The answer for the {name} cannot be read ({status}){said}", response.Status, words),
        };
    }

    private static string Said(string? words) => words is null ? "." : $": {words.TrimEnd('.')}.";

    private static HubException About(string id, HubErrorCode code, string message, HttpStatusCode status, string? words) =>
        new(code, message, status, words) { ExecutionId = id };

    private HubException Redirect(HubResponse response, TextGate texts, string? id = null)
    {
        string to = response.Location is { IsAbsoluteUri: true } location ? texts.Line(location.Host) : "another path";
        return new HubException(
            HubErrorCode.InvalidResponse,
            $"{hub} answered with a redirect ({(int)response.Status}) to {to}. It was not followed, because the API key would go along.",
            response.Status)
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
