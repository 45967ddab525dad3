using System.Text;
using System.Text.Json;
using Truebit.Client;
using Truebit.Proof;

namespace Truebit.Desktop;

/// <summary>Does what a line says. Clients are kept, so that a later command meets the connections of an earlier one.</summary>
internal sealed class Driver : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, HubClient> _clients = [];

    public string Answer(string line)
    {
        using JsonDocument command = JsonDocument.Parse(line);
        JsonElement said = command.RootElement;
        object answer = said.GetProperty("Verb").GetString() switch
        {
            "run" => Run(said.Deserialize<RunCommand>()!),
            "prove" => Prove(said.GetProperty("Document").GetString()!),
            "assemblies" => AppDomain.CurrentDomain.GetAssemblies().Where(static a => !a.IsDynamic).Select(static a => a.Location).ToArray(),
            string verb => throw new ArgumentException(verb),
            null => throw new ArgumentNullException(nameof(line)),
        };
        return JsonSerializer.Serialize(answer);
    }

    public void Dispose()
    {
        foreach (HubClient client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private RowEnd[] Run(RunCommand command)
    {
        using Journal? journal = command.Journal is null ? null : Journal.Open(command.Journal, JournalHub.Create(command.Endpoint));
        TaskRunner runner = new(Client(command), new SecretText(command.Key), command.ThrottleLimit, new Silence());
        using SemaphoreSlim throttle = new(command.ThrottleLimit);
        return Task.WhenAll(Enumerable.Range(1, command.Rows).Select(async row =>
        {
            await throttle.WaitAsync();
            try
            {
                return await RunAsync(runner, command, row, journal);
            }
            finally
            {
                throttle.Release();
            }
        })).GetAwaiter().GetResult();
    }

    private static async Task<RowEnd> RunAsync(TaskRunner runner, RunCommand command, int row, Journal? journal)
    {
        TaskRequest request = Request(row);
        RowSteps steps = new(journal, request);
        try
        {
            HubExecution execution = steps.Earlier switch
            {
                null or { State: JournalState.Refused } => await runner.RunAsync(
                    request, command.Mode, Deadline, steps, CancellationToken.None, CancellationToken.None),
                { State: JournalState.Finished } => HubExecution.Parse(Encoding.UTF8.GetBytes(journal!.ReadAnswer(steps.Earlier)), TaskKind.Api, steps.Earlier.ExecutionId),
                { State: JournalState.Accepted } => await runner.GetAsync(
                    TaskKind.Api, steps.Earlier.ExecutionId!, [], untilFinished: true, Deadline, CancellationToken.None),
                _ => throw new InvalidOperationException("JournalUnknown"),
            };
            return new RowEnd(row, $"{execution.Status}", execution.RawJson, [.. steps.Taken]);
        }
        catch (HubException e)
        {
            return new RowEnd(row, $"{e.Code}", e.Message, [.. steps.Taken]);
        }
        catch (InvalidOperationException e)
        {
            return new RowEnd(row, e.Message, "", []);
        }
    }

    /// <summary>A row whose text tries the editions: escapes, numbers digit for digit, members in another order than they hash.</summary>
    private static ApiTaskRequest Request(int row) => new()
    {
        Namespace = "sandbox",
        TaskName = "echo",
        Input =
        [
            new InputMember("path", Encoding.UTF8.GetBytes($"\"/row/{row}\"")),
            new InputMember("method", "\"POST\""u8.ToArray()),
            new InputMember("body", Encoding.UTF8.GetBytes("""{"z":"Löwe \u00e9 𐍈","a":[1.10,12345678901234567890,5e-7,true,null]}""")),
        ],
    };

    private static object Prove(string document)
    {
        ProofReport report = Prover.Prove(Encoding.UTF8.GetBytes(document));
        return new { report.IsProved, Signer = $"{report.Signer}", Checks = report.Checks.Select(static check => $"{check}").ToArray() };
    }

    private HubClient Client(RunCommand command)
    {
        string name = $"{command.Endpoint} {command.SubmitTimeout}";
        if (!_clients.TryGetValue(name, out HubClient? client))
        {
            client = _clients[name] = new HubClient(command.Endpoint, new HubTimings
            {
                SubmitTimeout = TimeSpan.FromMilliseconds(command.SubmitTimeout),
                FirstRetry = TimeSpan.FromMilliseconds(1),
                FirstPoll = TimeSpan.FromMilliseconds(1),
                MaxPollInterval = TimeSpan.FromMilliseconds(20),
            });
        }

        return client;
    }

    private sealed class Silence : IHubLog
    {
        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
        }
    }
}
