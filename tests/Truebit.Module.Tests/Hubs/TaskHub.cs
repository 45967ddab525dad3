using System.Globalization;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Hubs;

/// <summary>
/// A hub whose executions finish when the test says so. A task's number is its path (<c>/7</c>), its id is made of the
/// number and of how often it was submitted, and its output tells it: <c>{"number":7}</c>.
/// </summary>
internal sealed class TaskHub : IDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<int, int> _accepted = [];
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

    /// <summary>The id that the task with this number gets when it is submitted for the nth time.</summary>
    public static string Id(int number, int nth = 1) => $"00000000-0000-4000-{7999 + nth:D4}-{number:D12}";

    public static int Number(string id) => int.Parse(id[^12..], CultureInfo.InvariantCulture);

    /// <summary>A script that writes rows for tasks with these numbers.</summary>
    public static string Rows(int from, int to) =>
        $"{from}..{to} | ForEach-Object {{ [pscustomobject]@{{ Namespace = 'n'; TaskName = 't'; Method = 'GET'; Path = \"/$_\" }} }}";

    public void Dispose() => Server.Dispose();

    private async Task<CannedResponse> AnswerAsync(HubRequest call)
    {
        if (!call.IsSubmission)
        {
            return AnswerStatus(call.AskedFor);
        }

        int number = int.Parse(call.Input.GetProperty("path").GetString()!.TrimStart('/'), CultureInfo.InvariantCulture);
        int nth = Locked(() =>
        {
            _events.Add($"submitted {number}");
            _accepted[number] = _accepted.GetValueOrDefault(number) + 1;
            MaxUnfinished = Math.Max(MaxUnfinished, _accepted.Count - _finished.Count);
            return _accepted[number];
        });
        await Hold(number);
        return Answer(number) ?? CannedResponse.Accepted(Id(number, nth));
    }

    private CannedResponse AnswerStatus(string id)
    {
        int number = Number(id);
        if (Status(number) is CannedResponse other)
        {
            return other;
        }

        if (!IsFinished(number))
        {
            return CannedResponse.Running(id);
        }

        Locked(() =>
        {
            if (_finished.Add(number))
            {
                _events.Add($"finished {number}");
            }

            return 0;
        });
        return CannedResponse.Success(id, $$"""{"number":{{number}}}""");
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
