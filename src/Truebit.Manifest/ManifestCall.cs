using System.Collections.Concurrent;
using System.Text.Json;
using Truebit.Manifest.Calls;
using Truebit.Manifest.Checks;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest;

/// <summary>What the manifest says of calls of one method and path: how cells are read, and what is checked.</summary>
public sealed class ManifestCall
{
    private static readonly JsonElement Nothing = JsonValue.Parse("{}");

    private readonly ConcurrentDictionary<string, Schema?> _fields = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<ParameterUse> _uses;
    private readonly IReadOnlyList<ManifestProblem> _problems;
    private readonly HashSet<string> _placeholders;

    internal ManifestCall(ManifestOperation? operation, IEnumerable<string> placeholders, IReadOnlyList<ParameterUse> uses, IReadOnlyList<ManifestProblem> problems)
    {
        Operation = operation;
        _uses = uses;
        _problems = problems;
        _placeholders = new HashSet<string>(placeholders, StringComparer.Ordinal);
    }

    /// <summary>The operation that is called; null where the manifest has none for it.</summary>
    public ManifestOperation? Operation { get; }

    /// <summary>Reads a text whose type nobody named by the field's schema, digit for digit.</summary>
    /// <param name="field">As columns name it: <c>body.customer.name</c>, <c>params.orderId</c>, <c>body</c>.</param>
    /// <param name="text">The cell's text.</param>
    /// <param name="problem">Set where the text could be read two ways; it is never guessed.</param>
    /// <returns>The value as JSON text; null where the text is a string, or does not fit and is left to <see cref="Check"/>.</returns>
    public string? ReadText(string field, string text, out ManifestProblem? problem)
    {
        problem = null;
        return _fields.GetOrAdd(field, SchemaOf) is Schema schema ? CellText.Read(schema, field, text, out problem) : null;
    }

    /// <summary>Checks a call.</summary>
    /// <param name="parameters">The values of the path's placeholders, an object; null where there are none.</param>
    /// <param name="body">The body; null where there is none.</param>
    /// <param name="headers">The headers for the target. Their values are checked and never shown.</param>
    /// <returns>What is wrong; empty where the call keeps to the manifest.</returns>
    /// <exception cref="ManifestException">A schema refers to itself without end.</exception>
    public IReadOnlyList<ManifestProblem> Check(JsonElement? parameters, JsonElement? body, IEnumerable<KeyValuePair<string, string>> headers)
    {
        if (Operation is null)
        {
            return _problems;
        }

        Budget budget = Budget.OfCheck(parameters ?? Nothing, body ?? Nothing);
        Findings findings = new(budget);
        findings.Problems.AddRange(_problems);
        CheckParameters(parameters ?? Nothing, findings);
        CheckHeaders(headers, findings, new Findings(budget) { ShowsValues = false });
        CheckBody(body, findings);
        return findings.Problems;
    }

    private void CheckParameters(JsonElement values, Findings findings)
    {
        Place place = new(null, "params");
        if (values.ValueKind != JsonValueKind.Object)
        {
            findings.Add(place, "type", "an object", values);
            return;
        }

        foreach (string name in _placeholders.Where(name => !values.TryGetProperty(name, out _)))
        {
            findings.Add(new Place(place, name), "required", $"the value of {{{name}}} in the path", (string?)null);
        }

        foreach (JsonProperty surplus in values.EnumerateObject().Where(value => !_placeholders.Contains(value.Name)))
        {
            findings.Add(new Place(place, surplus.Name), "known", "the value of a placeholder in the path", "a name that the path does not have");
        }

        foreach (IGrouping<Parameter, ParameterUse> parameter in _uses.GroupBy(static use => use.Parameter, ReferenceComparer.Instance))
        {
            parameter.First().Check(values, [.. parameter.Skip(1)], findings);
        }
    }

    private void CheckHeaders(IEnumerable<KeyValuePair<string, string>> headers, Findings findings, Findings hidden)
    {
        if (Operation!.Rules.Headers.Count == 0)
        {
            return;
        }

        Dictionary<string, string> given = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in headers)
        {
            given[header.Key] = header.Value;
        }

        foreach (Parameter parameter in Operation.Rules.Headers.Values)
        {
            Place place = new(new Place(null, "headers"), parameter.Name);
            if (!given.TryGetValue(parameter.Name, out string? value))
            {
                if (parameter.IsRequired)
                {
                    hidden.Add(place, "required", "there", (string?)null);
                }
            }
            else if (parameter.Schema is not null && (ValueTypes.Of(parameter.Schema) & ~(JsonTypes.Array | JsonTypes.Object)) != JsonTypes.None)
            {
                SchemaCheck.Check(parameter.Schema, CellText.Value(parameter.Schema, value), place, hidden);
            }
        }

        findings.Problems.AddRange(hidden.Problems);
    }

    private void CheckBody(JsonElement? body, Findings findings)
    {
        OperationRules rules = Operation!.Rules;
        Place place = new(null, "body");
        if (body is not JsonElement value)
        {
            if (rules.IsBodyRequired)
            {
                findings.Add(place, "required", rules.Body?.Types is string[] types ? SchemaCheck.Named(types) : "there", (string?)null);
            }
        }
        else if (!rules.TakesBody)
        {
            findings.Add(place, "known", $"left out of {Operation}", value);
        }
        else if (rules.Body is not null)
        {
            SchemaCheck.Check(rules.Body, value, place, findings);
        }
    }

    private Schema? SchemaOf(string field)
    {
        string[] names = field.Split('.');
        return names[0].ToUpperInvariant() switch
        {
            "BODY" when Operation?.Rules is { TakesBody: true } rules => FieldSchema.Find(rules.Body ?? Schema.Any, names, 1),
            "PARAMS" when names.Length > 1 => _uses.FirstOrDefault(use => use.OnlyPlaceholder == field.Substring("params.".Length))?.ValueSchema,
            _ => null,
        };
    }

    /// <summary>Two parameters may be alike in all that they say.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<Parameter>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(Parameter? x, Parameter? y) => ReferenceEquals(x, y);

        public int GetHashCode(Parameter obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
