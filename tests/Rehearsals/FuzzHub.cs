using System.Globalization;
using Truebit.TestHub;

namespace Truebit.Rehearsals;

/// <summary>A hub that executes rows and answers for them as its mutator says. It knows what it has executed.</summary>
internal sealed class FuzzHub : IDisposable
{
    public const string Key = "k3y-5d7e0b91-fuzz";
    public const string Header = "h34der-9c2f-fuzz";

    private readonly object _lock = new();
    private readonly Random _random;
    private readonly AnswerMutator _mutator;
    private readonly HubServer _server;
    private readonly Dictionary<int, int> _executed = [];
    private readonly Dictionary<string, int> _rows = [];
    private readonly List<string> _asked = [];

    public FuzzHub(int seed)
    {
        _random = new Random(seed);
        _mutator = new AnswerMutator(_random, [Key, Header]);
        _server = new HubServer(call =>
        {
            lock (_lock)
            {
                return CannedResponse.Raw(call.IsSubmission ? Execute(call) : Status(call.AskedFor));
            }
        });
    }

    public Uri Endpoint => _server.Endpoint;

    /// <summary>How often each row was executed.</summary>
    public IReadOnlyDictionary<int, int> Executed => _executed;

    public void Dispose() => _server.Dispose();

    /// <summary>The row that an id was given to; null for an id that was never given.</summary>
    public int? RowOf(string id) => _rows.TryGetValue(id, out int row) ? row : null;

    private byte[] Execute(HubRequest call)
    {
        // What is surely not executed must say so plainly: it is sent again, and would be executed then.
        switch (_random.Next(20))
        {
            case 0:
                return AnswerMutator.Http(429, $$"""{"message":"busy {{Key}}"}""", "Retry-After: 0\r\n");
            case 1:
                return AnswerMutator.Http(400, $$"""{"message":"no {{Header}}"}""");
        }

        int row = int.Parse(call.Input.GetProperty("path").GetString()!.TrimStart('/'), CultureInfo.InvariantCulture);
        _executed[row] = _executed.GetValueOrDefault(row) + 1;
        string id = NewId();
        _rows.Add(id, row);
        string answer = $$"""{"executionId":"{{id}}"}""";
        return _random.Next(20) == 0 ? AnswerMutator.Http(400, answer) : _random.Next(2) == 0 ? AnswerMutator.Http(200, answer) : _mutator.Mutate(answer, Other());
    }

    private byte[] Status(string id)
    {
        id = Uri.UnescapeDataString(id);
        if (!_rows.TryGetValue(id, out int row))
        {
            return AnswerMutator.Http(404, """{"message":"no such execution"}""");
        }

        _asked.Add(id);
        string answer = $$"""{"executionId":"{{id}}","clearTextSolution":{"output":{"row":{{row}},"said":"{{Header}}"},"status":"succeed"},"status":"Success"}""";
        return _random.Next(3) > 0 ? AnswerMutator.Http(200, answer) : _mutator.Mutate(answer, Other());
    }

    /// <summary>Of an execution that the caller knows, because it has asked for it.</summary>
    private string? Other() => _asked.Count == 0 ? null : _asked[_random.Next(_asked.Count)];

    private string NewId()
    {
        byte[] id = new byte[16];
        _random.NextBytes(id);
        return new Guid(id).ToString();
    }
}
