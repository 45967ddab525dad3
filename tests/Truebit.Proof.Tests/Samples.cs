using System.Text;

namespace Truebit.Proof.Tests;

/// <summary>Data that Truebit has published (truebit-api.md 8.3), and documents signed here.</summary>
internal static class Samples
{
    public const string DispatchText = """{"blockHash":"0x86cb327206e8563143f261cb1dd9f9ac6275a5a7b594520a1e17e725ad4e3b4b","blockNumber":35259754,"chainId":"43113","executionId":"c287163b-2bdc-4782-9d48-08e6fba689c5","executionTimeout":10000,"input":{"path":"/store/order","method":"POST","body":{"id":1,"petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"approved","complete":true}},"ledgerName":"evm","senderAddress":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","taskAuthorizationContractAddress":"0x25685b07f914d65d61c171E3dF80b472fFFE615A","taskId":"api_31708510ced0a56232267d4575064026180118e52c7e9236f366202e14934bd5/1.0.0","taskPath":"/test/pet","taskRegistryContractAddress":"0x1560bc2c39E71d28CC4A8E0FeCd124d4B3e23Aaf","taskRequesterAddress":"0xA9fBb882D3b3e5132227290084613Dc021EEF767","taskVersion":1}""";

    public const string DispatchHash = "d9f648e930aad474222fc74270a6f5d49f8930466039b0f7acc1033c78d74a9b";

    public const string DispatchR = "b3d3729fd664f29af14d5820ddbce23afe9e23134c2c79f987620b1ef6372dde";

    public const string DispatchS = "798b945ad2b6cbb72d95b32683df406abccff128f78d85e1602d8058978eb0ad";

    public const string DispatchSigner = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    /// <summary>The key of the first account of every Hardhat node, which is printed in its documentation: it signed the sample.</summary>
    public const string DispatchPrivateKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    public const string InvoiceText = """{"byteGasPrice":0.0002,"executionId":"e7e444fa-96c5-45c9-9c65-dd9f8edfdafd","invoiceId":"4750340717624412641106","lineItem":[{"operation":"charge","account":"0x04cD16f6525110B023435d5a0dCA6532acc2C8F7","totalTransferredBytes":{"request":0,"response":0}}],"taskCreated_timeStamp":1762441264136,"taskId":"api_142456019dd5b351e82b6f679bf7b36af9e9a0fd523f30844a2c479d908b913e"}""";

    public const string InvoiceR = "2cb73383f446dbaa2de9bfeec669bf159a72b7662ec15df9b391dcdf1267436b";

    public const string InvoiceS = "3e245d19087c9c5c448fdf9a26d0a219c98eae8d9fb0fa360a63a94c252443e0";

    public const string HubAddress = "0xE3AcBBB129F14681C315028dB0A156597fb5058B";

    public const string ExecutionId = "3f1c9d52-3c57-4a53-9f0e-2b8d1a6c7e40";

    /// <summary>The published dispatch message, whole.</summary>
    public static string Dispatch { get; } =
        $$"""{"type":"dispatch_api_task","msgHash":"{{DispatchHash}}","signature":{"v":27,"r":"{{DispatchR}}","s":"{{DispatchS}}"},{{DispatchText.Substring(1)}}""";

    /// <summary>The published invoice, whole.</summary>
    public static string Invoice { get; } =
        $$$"""{{{InvoiceText.Substring(0, InvoiceText.Length - 1)}}},"accounting_signature":{"v":27,"r":"{{{InvoiceR}}}","s":"{{{InvoiceS}}}"}}""";

    /// <summary>The sandbox hub of these tests.</summary>
    public static HubSigner Signer { get; } = new([.. Enumerable.Range(1, 32).Select(static n => (byte)n)]);

    public static EthereumAddress Address(string text) => EthereumAddress.TryParse(text, out EthereumAddress? address) ? address : throw new ArgumentException(text);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    /// <summary>A transcript of an API task: root, three envelopes and two messages in them are signed.</summary>
    public static byte[] ApiTranscript(string executionId = ExecutionId, HubSigner? signer = null)
    {
        signer ??= Signer;
        TranscriptWriter writer = new(signer, executionId);
        writer.Add("api_task_created", Utf8($$$"""{"type":"dispatch_api_task","executionId":"{{{executionId}}}","executionTimeout":60000,"chainId":"43113","senderAddress":"{{{signer.Address}}}","input":{"path":"/pet","body":{"name":"Löwe \u00e9","price":5e-7,"n":1.10} } }"""), 1_762_441_264);
        writer.Add("api_outcome", Utf8($$"""{"type":"api_fetcher_outcome","executionId":"{{executionId}}","bodyResponse":"{\"ok\":true}","tlsHandshakeHash":"00ff"}"""), 1_762_441_265);
        writer.Complete(1_762_441_266);
        return writer.Write(1_762_441_300);
    }

    /// <summary>A transcript of a function task, of five messages; those of the nodes are not signed by the hub.</summary>
    public static byte[] FunctionTranscript(string executionId = ExecutionId)
    {
        TranscriptWriter writer = new(Signer, executionId);
        writer.Add("task_created", Utf8($$"""{"type":"dispatch_task","executionId":"{{executionId}}","limits":{"gas":"60000000000"},"senderAddress":"{{Signer.Address}}","input":"4"}"""), 1);
        string signature = $$"""{"v":28,"r":"{{DispatchR}}","s":"{{DispatchS}}"}""";
        writer.Add("node_outcome", Utf8($$"""{"type":"computed_outcome","encryptedSolution":"ab12","msgHash":"{{DispatchHash}}","signature":{{signature}}}"""), 2, isSignedByHub: false);
        writer.Add("node_outcome", Utf8("""{"type":"computed_outcome","encryptedSolution":"cd34"}"""), 2, isSignedByHub: false);
        writer.Add("solutions_revealed", Utf8($$"""{"solutions":[{"output":"16","signature":{{signature}}}]}"""), 3, isSignedByHub: false);
        writer.Complete(4);
        return writer.Write(5);
    }

    public static ProofReport Prove(string json, string? expected = null) =>
        Prover.Prove(Utf8(json), new ProofOptions { ExpectedSigners = expected is null ? [] : [Address(expected)] });

    public static ProofResult Result(this ProofReport report, string subject, ProofRule rule) =>
        Assert.Single(report.Checks, check => check.Subject == subject && check.Rule == rule).Result;
}
