using System.Text.Json;
using System.Text.RegularExpressions;

namespace Truebit.Sandbox.Tasks;

/// <summary>The <c>input</c> of an API task: the call to the target (truebit-api.md 3.1). Keys it does not know are let pass.</summary>
internal sealed class ApiCall
{
    // RFC 9110, 5.6.2
    private static readonly Regex Token = new(@"\A[!#$%&'*+\-.^_`|~0-9A-Za-z]+\z", RegexOptions.CultureInvariant);
    private static readonly Regex Placeholder = new(@"\{([^{}]+)\}", RegexOptions.CultureInvariant);

    private readonly Field _input;

    private ApiCall(Field input)
    {
        _input = input;
        Method = input.Get("method").AsString();
        Url = input.Find("url")?.AsString();
        Path = Url is null ? input.Get("path").AsString() : null;
        Headers = input.Find("headers")?.AsObject();
        Body = input.Find("body");
        input.Find("params")?.AsObject();
    }

    public string Method { get; }

    /// <summary>The path template as sent, or null where <see cref="Url"/> takes its place.</summary>
    public string? Path { get; }

    public string? Url { get; }

    public Field? Headers { get; }

    public Field? Body { get; }

    public static ApiCall Read(Field input)
    {
        ApiCall call = new(input);
        if (!Token.IsMatch(call.Method))
        {
            throw input.Get("method").Invalid("an HTTP method");
        }

        foreach ((_, Field header) in call.Headers?.Members() ?? [])
        {
            if (header.Value.ValueKind != JsonValueKind.String)
            {
                throw header.Mistyped("a string", quote: false);
            }
        }

        return call;
    }

    /// <summary>The value of a placeholder.</summary>
    public Field Parameter(string name) =>
        _input.Find("params")?.Find(name)
        ?? throw new RejectedException(400, $"{_input.Path}.params.{name} is missing, and the path has {{{name}}}");

    /// <summary>The path with its placeholders replaced by percent-encoded values, or null where there is only a url.</summary>
    public string? FilledPath() =>
        Path is null ? null : Placeholder.Replace(Path, match => Encode(Parameter(match.Groups[1].Value)));

    private static string Encode(Field parameter) => parameter.Value.ValueKind switch
    {
        JsonValueKind.String => Uri.EscapeDataString(parameter.AsString()),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False =>
            Uri.EscapeDataString(parameter.Value.GetRawText()),
        _ => throw parameter.Mistyped("a string, a number or a boolean"),
    };
}
