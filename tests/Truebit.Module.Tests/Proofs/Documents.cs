using System.Text;
using Truebit.Proof;

namespace Truebit.Module.Tests.Proofs;

/// <summary>Transcripts and invoices of a hub whose key the tests have, and one that was published.</summary>
internal static class Documents
{
    /// <summary>The invoice of truebit-api.md 8.3, and who signed it.</summary>
    public const string PublishedInvoice =
        """{"byteGasPrice":0.0002,"executionId":"e7e444fa-96c5-45c9-9c65-dd9f8edfdafd","invoiceId":"4750340717624412641106","lineItem":[{"operation":"charge","account":"0x04cD16f6525110B023435d5a0dCA6532acc2C8F7","totalTransferredBytes":{"request":0,"response":0}}],"taskCreated_timeStamp":1762441264136,"taskId":"api_142456019dd5b351e82b6f679bf7b36af9e9a0fd523f30844a2c479d908b913e","accounting_signature":{"v":27,"r":"2cb73383f446dbaa2de9bfeec669bf159a72b7662ec15df9b391dcdf1267436b","s":"3e245d19087c9c5c448fdf9a26d0a219c98eae8d9fb0fa360a63a94c252443e0"}}""";

    public const string PublishedSigner = "0xE3AcBBB129F14681C315028dB0A156597fb5058B";

    /// <summary>The one hub of these tests.</summary>
    public static HubSigner Hub { get; } = new([.. Enumerable.Range(1, 32).Select(static n => (byte)n)]);

    public static HubSigner OtherHub { get; } = new([.. Enumerable.Range(2, 32).Select(static n => (byte)n)]);

    /// <summary>A transcript of a function task, of five messages.</summary>
    public static string Transcript(string executionId, HubSigner? hub = null)
    {
        TranscriptWriter writer = new(hub ?? Hub, executionId);
        writer.Add("task_created", Utf8($$"""{"type":"dispatch_task","executionId":"{{executionId}}","price":5e-7,"input":"ü"}"""), 1);
        writer.Add("node_outcome", Utf8("""{"type":"computed_outcome","encryptedSolution":"ab12"}"""), 2, isSignedByHub: false);
        writer.Add("node_outcome", Utf8("""{"type":"computed_outcome","encryptedSolution":"cd34"}"""), 2, isSignedByHub: false);
        writer.Add("solutions_revealed", Utf8("""{"solutions":[{"output":"16"}]}"""), 3, isSignedByHub: false);
        writer.Complete(4);
        return Encoding.UTF8.GetString(writer.Write(5));
    }

    public static string Invoice(string executionId, HubSigner? hub = null) =>
        Encoding.UTF8.GetString((hub ?? Hub).SignInvoice(Utf8($$"""{"executionId":"{{executionId}}","invoiceId":"4750340717624412641106","byteGasPrice":5e-7,"lineItem":[]}""")));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
