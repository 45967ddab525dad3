using Microsoft.OpenApi.Models;
using Truebit.Manifest.Calls;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest;

/// <summary>An operation of the manifest: a method and a path template.</summary>
public sealed class ManifestOperation
{
    private readonly Lazy<OperationRules> _rules;

    internal ManifestOperation(string method, string path, OpenApiPathItem item, OpenApiOperation operation, SchemaSet schemas)
    {
        Method = method;
        Path = path;
        Id = operation.OperationId;
        Template = new PathTemplate(path);
        _rules = new Lazy<OperationRules>(() => OperationRules.Read(item, operation, schemas));
    }

    /// <summary>Such as <c>GET</c>.</summary>
    public string Method { get; }

    /// <summary>The template as the manifest writes it: <c>/store/order/{orderId}</c>.</summary>
    public string Path { get; }

    /// <summary>The manifest's operationId; null where it names none.</summary>
    public string? Id { get; }

    internal PathTemplate Template { get; }

    /// <summary>What calls must keep to; read when it is first asked for.</summary>
    /// <exception cref="ManifestException">A part of it cannot be followed.</exception>
    internal OperationRules Rules => _rules.Value;

    /// <summary>The columns of a row that calls this operation, each with an example cell (empty where there is none that fits).</summary>
    /// <exception cref="ManifestException">The operation cannot be followed.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> ExampleRow() => RowTemplate.Of(this);

    /// <summary>What the target may answer, as JSON text: the manifest's example, or one made of the schema; <c>null</c> where it says nothing.</summary>
    /// <exception cref="ManifestException">The operation cannot be followed.</exception>
    public string ExampleAnswer() => Rules.Answer() ?? "null";

    /// <summary>Method and path.</summary>
    public override string ToString() => $"{Method} {Path}";
}
