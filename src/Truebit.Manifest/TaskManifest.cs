using System.Text;
using Truebit.Manifest.Calls;
using Truebit.Manifest.Documents;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest;

/// <summary>
/// The manifest of an API task: an OpenAPI document of version 3.0, 3.1 or 3.2, in JSON or YAML. The hub checks each call against it
/// before anything is requested of the target (truebit-api.md 3.6); this checks the same before anything is sent to the hub.
/// </summary>
public sealed class TaskManifest
{
    private const int MostCalls = 1000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

    private readonly Dictionary<(string Method, string Path), ManifestCall> _calls = [];

    private TaskManifest(ManifestDocument document)
    {
        SchemaSet schemas = new(document);
        Operations = [.. (document.Root.Member("paths")?.Members() ?? []).SelectMany(path => ReadPath(path.Name, path.Value, document, schemas))];
        foreach (ManifestOperation operation in Operations)
        {
            operation.Prepare();
        }

        // Answers are read later, and what is not checked of them is nobody's loss.
        Unknown = [.. schemas.Unknown];
    }

    /// <summary>The operations in the order of the file.</summary>
    public IReadOnlyList<ManifestOperation> Operations { get; }

    /// <summary>The keywords, each with its place, that are not of the file's version of OpenAPI or not supported, and are therefore not checked; at most 1000.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Reads a manifest from a file.</summary>
    /// <param name="path">The file. References are followed inside it only.</param>
    /// <exception cref="ManifestException">It cannot be read, is longer than 16 MB, or is no OpenAPI 3.</exception>
    public static TaskManifest Load(string path)
    {
        try
        {
            ManifestText.ThrowIfTooLong(new FileInfo(path).Length);
            return new TaskManifest(ManifestDocument.Read(File.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ManifestException($"The manifest '{path}' cannot be read: {e.Message}", e);
        }
        catch (ManifestException e)
        {
            throw new ManifestException($"The manifest '{path}' {e.Message}", e);
        }
    }

    /// <summary>Reads a manifest from its bytes.</summary>
    /// <param name="content">UTF-8, or UTF-16 or UTF-32 with a byte order mark.</param>
    /// <exception cref="ManifestException">It is longer than 16 MB, or is no OpenAPI 3.</exception>
    public static TaskManifest Read(byte[] content)
    {
        try
        {
            return new TaskManifest(ManifestDocument.Read(content));
        }
        catch (ManifestException e)
        {
            throw new ManifestException($"The manifest {e.Message}", e);
        }
    }

    /// <summary>Reads a manifest from its text.</summary>
    /// <exception cref="ManifestException">It is longer than 16 MB, or is no OpenAPI 3.</exception>
    public static TaskManifest Read(string text)
    {
        try
        {
            return Read(Strict.GetBytes(text));
        }
        catch (EncoderFallbackException e)
        {
            throw new ManifestException("The manifest has half a character (a lone surrogate).", e);
        }
    }

    /// <summary>What the manifest says of calls of this method and path.</summary>
    /// <param name="method">Such as <c>GET</c>; null where the call names none.</param>
    /// <param name="path">As a row gives it, with placeholders and query: <c>/Book?ISBN={ISBN}</c>; null where the call names none.</param>
    /// <exception cref="ManifestException">The manifest's operation cannot be followed.</exception>
    public ManifestCall Find(string? method, string? path)
    {
        (string, string) key = (method?.ToUpperInvariant() ?? "", path ?? "");
        lock (_calls)
        {
            if (!_calls.TryGetValue(key, out ManifestCall? call))
            {
                // Paths with their values written into them would be ever new ones.
                if (_calls.Count >= MostCalls)
                {
                    _calls.Clear();
                }

                call = CallFinder.Find(Operations, key.Item1, key.Item2);
                _calls.Add(key, call);
            }

            return call;
        }
    }

    /// <summary>The operation of this name: an operationId, or method and path.</summary>
    public ManifestOperation? Named(string name) => Operations.FirstOrDefault(operation =>
        string.Equals(operation.Id, name, StringComparison.OrdinalIgnoreCase) || string.Equals(operation.ToString(), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A row for each operation: its columns, each with an example cell (empty where there is none that fits).</summary>
    /// <param name="operations">Of this manifest.</param>
    /// <param name="leftOut">Told of operations that have no row, each with the reason; null to have an exception instead.</param>
    /// <exception cref="ManifestException">An operation cannot be followed.</exception>
    public static IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> ExampleRows(IEnumerable<ManifestOperation> operations, Action<string>? leftOut) =>
        TemplateTable.Of(operations, leftOut);

    private static IEnumerable<ManifestOperation> ReadPath(string path, Part named, ManifestDocument document, SchemaSet schemas)
    {
        List<ManifestOperation> operations = [.. Read(path, named, schemas)];
        try
        {
            // What stands beside a path's reference goes before what it refers to.
            return named.Member("$ref") is null ? operations
                : operations.Concat(Read(path, document.Follow(named), schemas).Where(other => !operations.Exists(own => own.Method == other.Method)));
        }
        catch (ManifestException e)
        {
            return [.. operations, ManifestOperation.Lost(path, e.Message)];
        }
    }

    private static IEnumerable<ManifestOperation> Read(string path, Part item, SchemaSet schemas) => item.Members()
        .Where(static member => Methods.Contains(member.Name))
        .Concat(item.Member("additionalOperations")?.Members() ?? [])
        .Where(static member => member.Value.IsObject)
        .Select(member => new ManifestOperation(member.Name.ToUpperInvariant(), path, item, member.Value, schemas));
}
