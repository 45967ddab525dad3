using System.Text.Json;
using Truebit.Manifest;
using Truebit.Rehearsals;

namespace Truebit.Bench;

/// <summary>Rows typed and checked by a manifest, per second and core: the pet store's order, six text cells and its body.</summary>
internal static class ManifestBench
{
    private const int Rows = 50_000;
    private const int Rounds = 5;

    private static readonly (string Field, string Text)[] Cells =
    [
        ("body.id", "12"), ("body.petId", "198772"), ("body.quantity", "7"), ("body.shipDate", "2077-08-24T14:15:22Z"), ("body.status", "approved"), ("body.complete", "true"),
    ];

    private static readonly byte[] Body =
        """{"id":12,"petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"approved","complete":true}"""u8.ToArray();

    public static string Run()
    {
        TaskManifest manifest = TaskManifest.Load(Path.Combine(Repository.Root, "samples", "petstore.manifest.json"));
        double[] rates = [.. Enumerable.Range(0, Rounds + 1).Select(_ => Processor.RatePerSecond(Rows, _ => Check(manifest)))];
        return $"rows a second and core: median of {Rounds} {rates.Skip(1).Order().ElementAt(Rounds / 2):f0}";
    }

    private static void Check(TaskManifest manifest)
    {
        ManifestCall call = manifest.Find("POST", "/store/order");
        foreach ((string field, string text) in Cells)
        {
            call.ReadText(field, text, out _);
        }

        using JsonDocument document = JsonDocument.Parse(Body);
        if (call.Check(null, document.RootElement, []).Count > 0)
        {
            throw new BenchException("A right row was refused.");
        }
    }
}
