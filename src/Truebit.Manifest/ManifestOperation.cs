using Truebit.Manifest.Calls;
using Truebit.Manifest.Documents;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest;

/// <summary>An operation of the manifest: a method and a path template.</summary>
public sealed class ManifestOperation
{
    private readonly Lazy<OperationRules> _rules;
    private readonly Lazy<string> _answer;

    internal ManifestOperation(string method, string path, Part item, Part operation, SchemaSet schemas)
        : this(method, path, () => OperationRules.Read(item, operation, schemas), () => OperationAnswer.Of(operation, schemas) ?? "null")
    {
        Id = operation.Member("operationId")?.Text;
    }

    private ManifestOperation(string method, string path, Func<OperationRules> rules, Func<string> answer)
    {
        Method = method;
        Path = path;
        Template = new PathTemplate(path);
        _rules = new Lazy<OperationRules>(() => Named(rules));
        _answer = new Lazy<string>(() => Named(answer));
    }

    /// <summary>Such as <c>GET</c>; empty for all operations of a path that cannot be followed.</summary>
    public string Method { get; }

    /// <summary>The template as the manifest writes it: <c>/store/order/{orderId}</c>.</summary>
    public string Path { get; }

    /// <summary>The manifest's operationId; null where it names none.</summary>
    public string? Id { get; }

    internal PathTemplate Template { get; }

    /// <summary>What calls must keep to; read when it is first asked for.</summary>
    /// <exception cref="ManifestException">A part of it cannot be followed.</exception>
    internal OperationRules Rules => _rules.Value;

    /// <summary>What the target may answer, as JSON text: the manifest's example where it fits its schema, else one that is made; <c>null</c> where it says nothing.</summary>
    /// <exception cref="ManifestException">The answer cannot be followed.</exception>
    public string ExampleAnswer() => _answer.Value;

    /// <summary>Method and path.</summary>
    public override string ToString() => Method.Length == 0 ? Path : $"{Method} {Path}";

    /// <summary>All operations of a path that cannot be followed: there is no telling which.</summary>
    internal static ManifestOperation Lost(string path, string problem) =>
        new("", path, () => throw new ManifestException(problem), () => throw new ManifestException(problem));

    /// <summary>Reads the rules, so that what is not checked is known; what cannot be followed is said when it is needed.</summary>
    internal void Prepare()
    {
        try
        {
            _ = Rules;
        }
        catch (ManifestException)
        {
        }
    }

    private T Named<T>(Func<T> part)
    {
        try
        {
            return Template.HasNeighbours
                ? throw new ManifestException("two placeholders stand side by side in the path, with nothing between them.")
                : part();
        }
        catch (ManifestException e)
        {
            throw new ManifestException($"The manifest's operation {this} cannot be used: {e.Message}", e);
        }
    }
}
