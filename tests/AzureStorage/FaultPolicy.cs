using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Truebit.AzureStorage;

/// <summary>
/// What can go wrong between a job and its storage, switched on by files of a folder: as long as <c>away</c> is there, storage does not
/// answer, and a file <c>missed</c> says that somebody has noticed; as long as <c>freeze-NAME</c> is there, the job NAME hangs before it
/// writes a journal, and says so with a file <c>frozen-NAME</c>.
/// </summary>
public sealed class FaultPolicy(string folder, string job) : HttpPipelinePolicy
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>A client of the storage, with retries that take two seconds in place of a minute.</summary>
    /// <param name="connection">The connection string.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="job">The job's name.</param>
    public static BlobServiceClient CreateClient(string connection, string folder, string job)
    {
        BlobClientOptions options = new()
        {
            Retry = { Mode = RetryMode.Fixed, Delay = TimeSpan.FromMilliseconds(400), MaxRetries = 5 },
        };
        options.AddPolicy(new FaultPolicy(folder, job), HttpPipelinePosition.PerRetry);
        return new BlobServiceClient(connection, options);
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (File.Exists(Path.Combine(folder, "away")))
        {
            File.WriteAllText(Path.Combine(folder, "missed"), "");
            throw new IOException("Storage is away.");
        }

        string freeze = Path.Combine(folder, $"freeze-{job}");
        if (message.Request.Method == RequestMethod.Put && message.Request.Uri.Path.EndsWith(".journal", StringComparison.Ordinal) && !IsOfLease(message) && File.Exists(freeze))
        {
            File.WriteAllText(Path.Combine(folder, $"frozen-{job}"), "");
            while (File.Exists(freeze))
            {
                Thread.Sleep(Look);
            }
        }

        ProcessNext(message, pipeline);
    }

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("PowerShell calls storage synchronously.");

    private static bool IsOfLease(HttpMessage message) => message.Request.Uri.Query.Contains("comp=lease", StringComparison.Ordinal);
}
