using System.Globalization;
using System.Text;
using Truebit.Client;

namespace Truebit.Bench;

/// <summary>Writes the journal that a run over the rows of client.ps1 leaves, without the run.</summary>
internal static class JournalMaker
{
    public static void Write(string path, Uri hub, int rows)
    {
        using Journal journal = Journal.Open(path, JournalHub.Create(hub));
        for (int row = 1; row <= rows; row++)
        {
            string rowId = journal.RowId(RowIdentity.OfRequest(Request(row)).Occurrence(1));
            string id = Guid.NewGuid().ToString();
            journal.Append(new JournalEntry { RowId = rowId, State = JournalState.Sending, Row = row, Task = "bench/orders" });
            journal.Append(new JournalEntry
            {
                RowId = rowId,
                State = JournalState.Finished,
                ExecutionId = id,
                Status = ExecutionStatus.Success,
                Answer = Hub.Solution(id),
            });
        }
    }

    private static ApiTaskRequest Request(int row) => new()
    {
        Namespace = "bench",
        TaskName = "orders",
        Input =
        [
            new InputMember("path", Utf8("\"/store/order\"")),
            new InputMember("method", Utf8("\"POST\"")),
            new InputMember("body", Utf8(string.Create(CultureInfo.InvariantCulture,
                $$"""{"id":{{row}},"petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"approved","complete":true}"""))),
        ],
    };

    private static byte[] Utf8(string json) => Encoding.UTF8.GetBytes(json);
}
