using System.Text;
using Truebit.TestHub;

namespace Truebit.Client.Tests.Support;

/// <summary>A scripted hub, a client of it with short waits, and what the client logged.</summary>
internal sealed class Hub : IAsyncDisposable
{
    public const string Id = "e7e444fa-96c5-45c9-9c65-dd9f8edfdafd";
    public const string Key = "0c7f0f2e-key-91bd-5d1e7a3c2b4f";
    public const string ExecutePath = "/task/api/execute-by-name";
    public const string StatusPath = "/task/api/execution-status/";
    public const string FunctionExecutePath = "/task/function/execute-by-name";
    public const string FunctionStatusPath = "/task/function/execution-status/";

    /// <summary>A test that takes longer than this hangs.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Waits that cost a test nothing.</summary>
    public static readonly HubTimings Short = new()
    {
        SubmitTimeout = Deadline,
        StatusTimeout = Deadline,
        FirstRetry = TimeSpan.FromMilliseconds(1),
        FirstPoll = TimeSpan.FromMilliseconds(1),
        MaxPollInterval = TimeSpan.FromMilliseconds(5),
    };

    public Hub(HubTimings? timings = null, bool open = true, int maxHeld = 64, SubmissionRate? rate = null, int maxAnswer = HubClient.DefaultMaxAnswer)
    {
        Server = new HubServer(open);
        Client = new HubClient(Server.Endpoint, timings ?? Short, maxAnswer);
        Runner = new TaskRunner(Client, new SecretText(Key), maxHeld, Log, rate: rate);
    }

    public HubServer Server { get; }

    public HubClient Client { get; }

    public TaskRunner Runner { get; }

    public RecordingLog Log { get; } = new();

    /// <summary>What the runner told of all submissions.</summary>
    public RecordingObserver Told { get; } = new();

    /// <summary>How many requests that may cost money arrived.</summary>
    public int Posts => Server.Count(ExecutePath);

    /// <summary>How often the hub was asked for an execution.</summary>
    public int Polls => Server.Count(StatusPath);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static ApiTaskRequest Request(string input = "{}", params RequestHeader[] headers) => new()
    {
        Namespace = "a67fa7c8",
        TaskName = "petstore",
        Input = [new InputMember("body", Encoding.UTF8.GetBytes(input))],
        Headers = headers,
    };

    public static FunctionTaskRequest FunctionRequest(string input = "20") => new() { Namespace = "a67fa7c8", TaskName = "fibonacci", Input = input };

    public static RequestHeader Header(string name, string value) => new(name, new SecretText(value));

    public Hub OnExecute(params CannedResponse[] steps)
    {
        Server.On(ExecutePath, steps);
        return this;
    }

    public Hub OnStatus(params CannedResponse[] steps)
    {
        Server.On(StatusPath, steps);
        return this;
    }

    /// <summary>Executes one task through the runner, as a cmdlet does.</summary>
    public Task<HubExecution> RunAsync(SubmitMode mode = SubmitMode.Wait, TaskRequest? request = null, TimeSpan? timeout = null) =>
        Runner.RunAsync(request ?? Request(), mode, timeout ?? Deadline, Told, Cancellation, Cancellation).WaitAsync(Deadline, Cancellation);

    /// <summary>The same, for tests that cancel it.</summary>
    public Task<HubExecution> RunUntilAsync(CancellationToken halt, CancellationToken stop, SubmitMode mode = SubmitMode.Wait) =>
        Runner.RunAsync(Request(), mode, Deadline, Told, halt, stop).WaitAsync(Deadline, Cancellation);

    /// <summary>Asks for an execution that was submitted before.</summary>
    public Task<HubExecution> GetAsync(bool untilFinished = false, TimeSpan? timeout = null) =>
        Runner.GetAsync(TaskKind.Api, Id, [], untilFinished, timeout ?? Deadline, Cancellation).WaitAsync(Deadline, Cancellation);

    /// <summary>Executes one task, which must fail.</summary>
    public Task<HubException> FailAsync(SubmitMode mode = SubmitMode.Wait, TaskRequest? request = null, TimeSpan? timeout = null) =>
        Assert.ThrowsAsync<HubException>(() => RunAsync(mode, request, timeout));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
