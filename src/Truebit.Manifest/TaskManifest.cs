using Microsoft.OpenApi.Models;
using Microsoft.OpenApi.Readers;
using Microsoft.OpenApi.Readers.Exceptions;
using Microsoft.OpenApi.Validations;
using Truebit.Manifest.Calls;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest;

/// <summary>
/// The manifest of an API task: an OpenAPI 3.0 document, in JSON or YAML. The hub checks each call against it before anything is
/// requested of the target (truebit-api.md 3.6); this checks the same before anything is sent to the hub.
/// </summary>
public sealed class TaskManifest
{
    private const int MostCalls = 1000;

    /// <summary>How the library says that a keyword is none of OpenAPI's. Many manifests have some, and the hub takes them.</summary>
    private const string UnknownKeyword = "is not a valid property at";

    private readonly Dictionary<(string Method, string Path), ManifestCall> _calls = [];

    private TaskManifest(IReadOnlyList<ManifestOperation> operations, IReadOnlyList<string> unknown)
    {
        Operations = operations;
        Unknown = unknown;
    }

    /// <summary>The operations in the order of the file.</summary>
    public IReadOnlyList<ManifestOperation> Operations { get; }

    /// <summary>What the file says that OpenAPI 3.0 does not know, and that is therefore not checked; each with its place.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file. References are followed inside it only.</param>
    /// <exception cref="ManifestException">It cannot be read, or is no OpenAPI 3.0.</exception>
    public static TaskManifest Load(string path)
    {
        OpenApiDocument document;
        OpenApiDiagnostic found;
        try
        {
            using FileStream file = File.OpenRead(path);
            document = new OpenApiStreamReader(new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetEmptyRuleSet() }).Read(file, out found);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ManifestException($"The manifest '{path}' cannot be read: {e.Message}", e);
        }
        catch (OpenApiUnsupportedSpecVersionException e) when (e.SpecificationVersion is [>= '0' and <= '9', ..])
        {
            throw new ManifestException($"The manifest '{path}' is of OpenAPI {e.SpecificationVersion}; this module reads OpenAPI 3.0.", e);
        }
        catch (OpenApiUnsupportedSpecVersionException e)
        {
            throw new ManifestException($"The manifest '{path}' is not an OpenAPI document: it names no version of OpenAPI.", e);
        }
        catch (Exception e)
        {
            // The reader's exceptions for a file that is no OpenAPI at all are of many kinds.
            throw new ManifestException($"The manifest '{path}' is not an OpenAPI document: {e.Message}", e);
        }

        ILookup<bool, string> errors = found.Errors.ToLookup(static error => error.Message.Contains(UnknownKeyword), static error => error.Message);
        if (errors[false].Any())
        {
            throw new ManifestException($"The manifest '{path}' is not valid OpenAPI: {string.Join(" ", errors[false].Take(3))}");
        }

        if (found.SpecificationVersion != Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_0)
        {
            throw new ManifestException($"The manifest '{path}' is of Swagger 2.0; a task's manifest is OpenAPI 3.0.");
        }

        return new TaskManifest(ReadOperations(document), [.. errors[true]]);
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

    /// <summary>The operations of this name: an operationId, or method and path.</summary>
    public ManifestOperation? Named(string name) => Operations.FirstOrDefault(operation =>
        string.Equals(operation.Id, name, StringComparison.OrdinalIgnoreCase) || string.Equals(operation.ToString(), name, StringComparison.OrdinalIgnoreCase));

    private static List<ManifestOperation> ReadOperations(OpenApiDocument document)
    {
        SchemaSet schemas = new(document);
        return
        [
            .. document.Paths.SelectMany(path => path.Value.Operations.Select(operation =>
                new ManifestOperation(operation.Key.ToString().ToUpperInvariant(), path.Key, path.Value, operation.Value, schemas))),
        ];
    }
}
