using System.Globalization;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Hubs;

/// <summary>
/// A hub whose executions finish when the test says so. A task's number is its path (<c>/7</c>), its id is made of the
/// number, and its output tells it: <c>{"number":7}</c>.
/// </summary>
internal sealed class TaskHub : IDisposable
{
    private readonly object _lock = new();
    private readonly HashSet<int> _accepted = [];
    private readonly HashSet<int> _finished = [];
    private readonly List<string> _events = [];

    public TaskHub() => Server = new HubServer(AnswerAsync);

    public HubServer Server { get; }

    public Uri Endpoint => Server.Endpoint;

    /// <summary>Holds the answer to a submission back.</summary>
    public Func<int, Task> Hold { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Whether an execution is finished; asked whenever its status is.</summary>
    public Func<int, bool> IsFinished { get; set; } = static _ => true;

    /// <summary>Another answer to a submission than its id.</summary>
    public Func<int, CannedResponse?> Answer { get; init; } = static _ => null;

    /// <summary>Another answer to a question for the status.</summary>
    public Func<int, CannedResponse?> Status { get; init; } = static _ => null;

    /// <summary>The most executions that were submitted and whose end was not told yet.</summary>
    public int MaxUnfinished { get; private set; }

    public int Accepted => Locked(() => _accepted.Count);

    /// <summary>What happened: «submitted 1», «finished 1».</summary>
    public IReadOnlyList<string> Events => Locked(() => _events.ToArray());

    public static string Id(int number) => $"00000000-0000-4000-8000-{number:D12}";

    public static int Number(string id) => int.Parse(id[^12..], CultureInfo.InvariantCulture);

    /// <summary>A script that writes rows for tasks with these numbers.</summary>
    public static string Rows(int from, int to) =>
        $"{from}..{to} | ForEach-Object {{ [pscustomobject]@{{ Namespace = 'n'; TaskName = 't'; Method = 'GET'; Path = \"/$_\" }} }}";

    public void Dispose() => Server.Dispose();

    private async Task<CannedResponse> AnswerAsync(HubRequest call)
    {
        if (!call.IsSubmission)
        {
            return AnswerStatus(Number(call.AskedFor));
        }

        int number = int.Parse(call.Input.GetProperty("path").GetString()!.TrimStart('/'), CultureInfo.InvariantCulture);
        Locked(() =>
        {
            _events.Add($"submitted {number}");
            _accepted.Add(number);
            return MaxUnfinished = Math.Max(MaxUnfinished, _accepted.Count - _finished.Count);
        });
        await Hold(number);
        return Answer(number) ?? CannedResponse.Accepted(Id(number));
    }

    private CannedResponse AnswerStatus(int number)
    {
        if (Status(number) is CannedResponse other)
        {
            return other;
        }

        if (!IsFinished(number))
        {
            return CannedResponse.Running(Id(number));
        }

        Locked(() =>
        {
            if (_finished.Add(number))
            {
                _events.Add($"finished {number}");
            }

            return 0;
        });
        return CannedResponse.Success(Id(number), $$"""{"number":{{number}}}""");
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
