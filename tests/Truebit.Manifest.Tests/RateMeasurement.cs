using System.Diagnostics;
using System.Text.Json;

namespace Truebit.Manifest.Tests;

/// <summary>
/// Rows typed and checked per second of processor time: the pet store's order, six text cells and its body. Run it alone, in Release:
/// <c>dotnet run -c Release --project tests/Truebit.Manifest.Tests -- -explicit only -class Truebit.Manifest.Tests.RateMeasurement -showliveoutput</c>
/// </summary>
public sealed class RateMeasurement(ITestOutputHelper output)
{
    private const int Rows = 50_000;
    private const int Rounds = 5;

    private static readonly (string Field, string Text)[] Cells =
    [
        ("body.id", "12"), ("body.petId", "198772"), ("body.quantity", "7"), ("body.shipDate", "2077-08-24T14:15:22Z"), ("body.status", "approved"), ("body.complete", "true"),
    ];

    [Fact(Explicit = true)]
    public void RowsPerSecondOnOneCore()
    {
        TaskManifest manifest = Manifests.PetStore();
        byte[] body = """{"id":12,"petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"approved","complete":true}"""u8.ToArray();
        List<double> rates = [];
        for (int round = 0; round <= Rounds; round++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            for (int row = 0; row < Rows; row++)
            {
                ManifestCall call = manifest.Find("POST", "/store/order");
                foreach ((string field, string text) in Cells)
                {
                    call.ReadText(field, text, out _);
                }

                using JsonDocument document = JsonDocument.Parse(body);
                Assert.Empty(call.Check(null, document.RootElement, []));
            }

            rates.Add(Rows / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            output.WriteLine($"round {round}: {rates[^1]:f0} rows/s");
        }

        Assert.True(rates.Skip(1).Order().ElementAt(Rounds / 2) >= 20_000);
    }
}
