using System.Collections.Concurrent;
using System.Text.Json;
using Truebit.Client;
using Truebit.Rows;

namespace Truebit.Completion;

/// <summary>
/// The operations of the manifest in -Manifest, and the members of their answers. A file is read in the background: a large one is there
/// for the next completion.
/// </summary>
internal sealed class ManifestCompleter : Completer
{
    private static readonly ConcurrentDictionary<(string Path, DateTime Written), Lazy<Task<ManifestNames>>> Read = new();

    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request)
    {
        if (request.Given("Manifest") is not string given || Resolve(given) is not string path || !File.Exists(path))
        {
            return [];
        }

        Task<ManifestNames> names = Read.GetOrAdd((path, File.GetLastWriteTimeUtc(path)), static key => new(() => Task.Run(() => Load(key.Path)))).Value;
        return !names.Wait(Patience) ? []
            : (request.Parameter == "Operation" ? names.Result.Operations : names.Result.Members).Select(static name => new Suggestion(name));
    }

    private static ManifestNames Load(string path)
    {
        ManifestRules rules = ManifestRules.Load(new FileInfo(path), static path => path, static _ => { });
        return new ManifestNames([.. rules.Operations], [.. rules.ExampleAnswers.SelectMany(Members)]);
    }

    private static IEnumerable<string> Members(string json)
    {
        using JsonDocument answer = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth });
        return answer.RootElement.ValueKind == JsonValueKind.Object ? [.. answer.RootElement.EnumerateObject().Select(static member => member.Name)] : [];
    }

    private sealed record ManifestNames(string[] Operations, string[] Members);
}
