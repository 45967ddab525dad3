using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Truebit.Module.Tests.Hosting;
using Truebit.Proof;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Proofs;

public sealed class ExportEvidenceTests : IDisposable
{
    private const string Post = "Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method POST -Path /a";

    private readonly Engine _engine = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-evidence-");

    public ExportEvidenceTests()
    {
        _engine["folder"] = Path.Combine(_folder.FullName, "new", "evidence");
        _engine["journal"] = Path.Combine(_folder.FullName, "run.journal");
        _engine.ConnectSandbox();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_zip_has_all_that_the_hub_says_and_is_proved_without_it()
    {
        EngineRun run = _engine.Ok($"$e = {Post} -Body ([ordered]@{{ price = 1.10; text = 'ü<b>' }}) -Sync; $t = $e | Get-TruebitTranscript; $i = $e | Get-TruebitInvoice; $e | Export-TruebitEvidence -Path $folder");

        string path = ((FileInfo)run.Output.Single().BaseObject).FullName;
        Dictionary<string, string> files = Read(path);
        Assert.Equal(["request.json", "result.json", "transcript.json", "invoice.json", "proof.json", "proof.html"], files.Keys);
        Assert.Equal("""{"namespace":"sandbox","taskName":"echo","async":false,"executionTimeout":60000,"input":{"path":"/a","method":"POST","body":{"price":1.1,"text":"ü<b>"}}}""", files["request.json"]);
        Assert.Equal(_engine.Ok("$e.RawJson").Output.Single().ToString(), files["result.json"]);
        Assert.Equal(_engine.Ok("$i.RawJson").Output.Single().ToString(), files["invoice.json"]);
        Assert.Equal(_engine.Ok("$e.ExecutionId + '.zip'").Output.Single().ToString(), Path.GetFileName(path));

        _engine["zip"] = path;
        EngineRun proofs = _engine.Ok("Stop-TruebitSandbox; Disconnect-Truebit; Test-TruebitProof $zip");
        Assert.Equal(["Transcript", "Invoice"], proofs.Values<string>("Kind"));
        Assert.All(proofs.Values<bool>("IsProved"), Assert.True);
        Assert.Single(proofs.Values<string>("Signer").Distinct());
        Assert.Equal([Path.Combine(path, "transcript.json"), Path.Combine(path, "invoice.json")], proofs.Values<string>("Source"));
    }

    [Fact]
    public void Many_executions_have_a_zip_each_and_their_files_prove_the_pipeline_through()
    {
        EngineRun run = _engine.Ok($"1..20 | ForEach-Object {{ @{{ 'body.n' = $_ }} }} | {Post} | Export-TruebitEvidence -Path $folder -Wait | Test-TruebitProof");

        Assert.Equal(40, run.Output.Count);
        Assert.All(run.Values<bool>("IsProved"), Assert.True);
        Assert.Equal(20, Directory.GetFiles((string)_engine["folder"]!, "*.zip").Length);
    }

    [Fact]
    public void The_report_says_what_was_expected_and_what_came_of_it()
    {
        string page = Read(Export("-ExpectedSigner 0xE3AcBBB129F14681C315028dB0A156597fb5058B"))["proof.html"];
        Assert.Contains("<dt>Expected signer</dt><dd><code>0xE3AcBBB129F14681C315028dB0A156597fb5058B</code>", page);
        Assert.Contains("</code>, not as expected, for execution <code>", page);
        Assert.Contains("<h2>Transcript: <span class=\"result Failed\">Failed</span></h2>", page);

        Dictionary<string, string> files = Read(Export(""));
        Assert.Contains("No signer was expected", files["proof.html"]);
        Assert.DoesNotContain("<script", files["proof.html"]);
        using JsonDocument report = JsonDocument.Parse(files["proof.json"]);
        Assert.Equal(["Proved", "Proved"], report.RootElement.GetProperty("proofs").EnumerateArray().Select(static proof => proof.GetProperty("result").GetString()));
        Assert.True(report.RootElement.GetProperty("requestIsKnown").GetBoolean());
        JsonElement transcript = report.RootElement.GetProperty("files")[2];
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(files["transcript.json"]))), transcript.GetProperty("sha256").GetString());
    }

    [Fact]
    public void The_page_says_what_ran_how_it_ended_and_what_it_cost()
    {
        EngineRun run = _engine.Ok($"[pscustomobject]@{{ 'body.a' = 1; Order = 'A-<7>' }} | {Post} -Journal $journal -Key Order | Export-TruebitEvidence -Path $folder -Wait");

        Dictionary<string, string> files = Read(((FileInfo)run.Output.Single().BaseObject).FullName);

        string page = files["proof.html"];
        Assert.Contains("<dt>Row</dt><dd>1</dd>", page);
        Assert.Contains("<dt>Key</dt><dd>A-&lt;7&gt;</dd>", page);
        Assert.Contains("<dt>Task</dt><dd>/sandbox/echo</dd>", page);
        Assert.Contains("<dt>Status, as the hub answered</dt><dd>Success</dd>", page);
        Assert.Matches("<dt>Created, as the invoice says</dt><dd><time>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}</time> UTC</dd>", page);
        Assert.Matches("<dt>Charge, as the invoice says</dt><dd>[0-9.]+ hub gas, not a currency</dd>", page);
        Assert.Contains("<span>not signed</span>", page);
        using JsonDocument report = JsonDocument.Parse(files["proof.json"]);
        Assert.Equal(1, report.RootElement.GetProperty("row").GetInt32());
        Assert.Equal("A-<7>", report.RootElement.GetProperty("key").GetString());
        Assert.Equal("Success", report.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public void An_index_lists_the_zips_of_a_folder_by_row_and_key()
    {
        _engine.Ok($"1..3 | ForEach-Object {{ @{{ 'body.n' = $_; Order = \"A-$_\" }} }} | {Post} -Journal $journal -Key Order > $null");
        _engine.Ok("$entries = Get-TruebitJournal $journal | Sort-Object Row; $entries | Select-Object -First 2 | Export-TruebitEvidence -Path $folder/e -Wait > $null");

        EngineRun second = _engine.Ok("$entries | Export-TruebitEvidence -Path $folder/e -Wait -SkipExisting");

        EngineRun index = _engine.Ok("Import-Csv $folder/e/index.csv | Sort-Object { [int]$_.Row }");
        Assert.Single(second.Output);
        Assert.Equal(["1", "2", "3"], index.Values<string>("Row"));
        Assert.Equal(["A-1", "A-2", "A-3"], index.Values<string>("Key"));
        Assert.Equal(_engine.Ok("$entries.ExecutionId").Output.Select(static id => $"{id}.zip"), index.Values<string>("File"));
        Assert.All(index.Values<string>("Transcript"), static result => Assert.Equal("Proved", result));
        Assert.All(index.Values<string>("Task"), static task => Assert.Equal("/sandbox/echo", task));
    }

    [Fact]
    public void A_zip_that_is_written_again_keeps_its_line_in_the_index()
    {
        Export("");
        _engine.Ok("$e | Export-TruebitEvidence -Path $folder -Force > $null");

        Assert.Single(_engine.Ok("Import-Csv $folder/index.csv").Output);
    }

    [Fact]
    public void A_file_that_is_no_index_is_not_overwritten()
    {
        Directory.CreateDirectory((string)_engine["folder"]!);
        File.WriteAllText(Path.Combine((string)_engine["folder"]!, "index.csv"), "mine\n");

        EngineRun run = _engine.Run($"$e = {Post} -Body @{{ a = 1 }}; $e | Export-TruebitEvidence -Path $folder");

        Assert.Equal("FileExists", run.End.Id);
        Assert.Equal("mine\n", File.ReadAllText(Path.Combine((string)_engine["folder"]!, "index.csv")));
    }

    [Fact]
    public void Skipping_and_overwriting_do_not_go_together() =>
        Assert.Equal("InvalidInput", _engine.Run("Export-TruebitEvidence e1 -Path $folder -SkipExisting -Force").End.Id);

    [Fact]
    public void The_same_evidence_makes_the_same_zip()
    {
        // A transcript says when it was asked for: only a hub that stands still gives the same one twice.
        using HubServer hub = StillHub(Documents.Transcript("e1"), Documents.Invoice("e1"));
        _engine.Connect(hub.Endpoint);

        byte[][] zips = [.. Enumerable.Range(0, 2).Select(_ =>
            File.ReadAllBytes(((FileInfo)_engine.Ok("Export-TruebitEvidence e1 -Path $folder -Force").Output.Single().BaseObject).FullName))];

        Assert.Equal(zips[0], zips[1]);
    }

    [Fact]
    public void What_a_hub_makes_up_is_text_in_the_page()
    {
        string transcript = Documents.Transcript("e1").Replace("\"node_outcome\"", "\"<script>\"");
        using HubServer hub = StillHub(transcript, Documents.Invoice("e1"));
        _engine.Connect(hub.Endpoint);

        string page = Read(((FileInfo)_engine.Ok("Export-TruebitEvidence e1 -Path $folder").Output.Single().BaseObject).FullName)["proof.html"];

        Assert.Contains("(unknown type)", page);
        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public void The_request_of_another_session_is_not_made_up()
    {
        _engine.Ok($"$id = ({Post}).ExecutionId");
        using Engine other = new();
        other["id"] = _engine["id"];
        other["sandbox"] = _engine["sandbox"];
        other["folder"] = _engine["folder"];

        Dictionary<string, string> files = Read(((FileInfo)other.Ok("$sandbox | Connect-Truebit; Export-TruebitEvidence $id -Path $folder").Output.Single().BaseObject).FullName);

        Assert.DoesNotContain("request.json", files.Keys);
        Assert.Contains("There is no request.json", files["proof.html"]);
        Assert.Contains("\"requestIsKnown\":false", files["proof.json"]);
    }

    [Fact]
    public void No_secret_gets_into_a_zip_unless_it_is_said_so()
    {
        _engine.Ok($"$e = {Post} -Headers (New-TruebitHeaderSet -Header ([ordered]@{{ 'X-Token' = 's3cret-7781'; 'X-Other' = 'other-90' }}))");

        EngineRun refused = _engine.Run("$e | Export-TruebitEvidence -Path $folder");

        Assert.Equal("SecretInEvidence", refused.OnlyError.Id);
        Assert.Contains("transcript.json: X-Token, X-Other", refused.OnlyError.Message);
        Assert.DoesNotContain("s3cret", refused.OnlyError.Message);
        Assert.False(Directory.Exists((string)_engine["folder"]!));

        Dictionary<string, string> files = Read(((FileInfo)_engine.Ok("$e | Export-TruebitEvidence -Path $folder -IncludeSecret").Output.Single().BaseObject).FullName);
        Assert.Contains("\"headers\":{\"X-Token\":\"(secret)\",\"X-Other\":\"(secret)\"}", files["request.json"]);
        Assert.Contains("s3cret-7781", files["transcript.json"]);
        Assert.All(files.Where(static file => file.Key is "request.json" or "proof.json" or "proof.html"), static file => Assert.DoesNotContain("s3cret", file.Value));
    }

    [Fact]
    public void The_api_key_is_looked_for_whoever_sent_the_request()
    {
        string answer = $$"""{"quoted":"x-api-key: {{Engine.Key}}"}""";
        using HubServer hub = StillHub(Documents.Transcript("e1"), Documents.Invoice("e1"), answer);
        _engine.Connect(hub.Endpoint);

        EngineRun refused = _engine.Run("Export-TruebitEvidence e1 -Path $folder");

        Assert.Equal("SecretInEvidence", refused.OnlyError.Id);
        Assert.Contains("(result.json: the API key)", refused.OnlyError.Message);
        Assert.DoesNotContain(Engine.Key, refused.OnlyError.Message);
        Assert.False(Directory.Exists((string)_engine["folder"]!));
        Assert.Single(_engine.Ok("Export-TruebitEvidence e1 -Path $folder -IncludeSecret").Output);
        Assert.Single(_engine.Ok("Export-TruebitEvidence e1 -Path $folder -Force -ApiKey another-key").Output);
    }

    [Fact]
    public void A_zip_that_is_there_is_written_over_only_with_force()
    {
        string path = Export("");
        File.WriteAllText(path, "mine");
        _engine["path"] = path;

        EngineRun again = _engine.Run("$e | Export-TruebitEvidence -Path $folder");
        Assert.Equal("FileExists", again.OnlyError.Id);
        Assert.Equal("mine", File.ReadAllText(path));

        _engine.Ok("$e | Export-TruebitEvidence -Path $folder -Force -WhatIf");
        Assert.Equal("mine", File.ReadAllText(path));

        _engine.Ok("$e | Export-TruebitEvidence -Path $folder -Force");
        Assert.Equal(6, Read(path).Count);
        Assert.Equal([path], Directory.GetFiles((string)_engine["folder"]!, "*.zip"));
    }

    [Theory]
    [InlineData("Export-TruebitEvidence ../up -Path $folder", "InvalidInput")]
    [InlineData("Export-TruebitEvidence .hidden -Path $folder", "InvalidInput")]
    [InlineData("Export-TruebitEvidence 00000000-0000-4000-8000-000000000000 -Path $folder", "ExecutionNotFound")]
    [InlineData($"{Post} | Export-TruebitEvidence -Path $file", "FileNotWritable")]
    public void Nothing_is_written_where_it_cannot_be(string script, string errorId)
    {
        string file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        _engine["file"] = file;

        Assert.Equal(errorId, _engine.Run(script).OnlyError.Id);
        Assert.Equal([file], Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_execution_that_is_not_finished_is_waited_for_only_when_asked()
    {
        _engine.ConnectSandbox("-Latency 0.3 -Fault @{ RecordsNotFoundFor = 0.2 }");

        Assert.Equal("TranscriptNotFound", _engine.Run($"$e = {Post} -Async; $e | Export-TruebitEvidence -Path $folder").OnlyError.Id);
        Assert.Equal(6, Read(((FileInfo)_engine.Ok("$e | Export-TruebitEvidence -Path $folder -Wait").Output.Single().BaseObject).FullName).Count);
    }

    [Theory]
    [InlineData("transcript.json", 1, "Failed", "Proved")]
    [InlineData("transcript.json", 0, "Failed", "NotProvable")]
    [InlineData("transcript.json", 2, "Failed", "NotProvable")]
    [InlineData("invoice.json", 1, "Proved", "Failed")]
    [InlineData("invoice.json", 0, "Proved", "Failed")]
    public void A_zip_whose_files_were_changed_left_out_or_doubled_fails(string name, int copies, string transcript, string invoice)
    {
        string path = Export("");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            ZipArchiveEntry old = zip.GetEntry(name)!;
            string content = ReadText(old);
            old.Delete();
            for (int n = 0; n < copies; n++)
            {
                using StreamWriter writer = new(zip.CreateEntry(name).Open());
                writer.Write(copies == 1 ? content.Replace("\"input\"", "\"inputs\"").Replace("\"lineItem\"", "\"lineItems\"") : content);
            }
        }

        _engine["zip"] = path;
        Assert.Equal([transcript, invoice], _engine.Ok("Test-TruebitProof $zip").Values<string>("Result"));
    }

    [Theory]
    [InlineData("other", "Failed")]
    [InlineData("E1", "Proved")]
    public void A_zip_proves_the_execution_that_its_report_names(string named, string result)
    {
        using HubServer hub = StillHub(Documents.Transcript("e1"), Documents.Invoice("e1"));
        string path = ((FileInfo)_engine.Connect(hub.Endpoint).Ok("Export-TruebitEvidence e1 -Path $folder -Force").Output.Single().BaseObject).FullName;
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            ZipArchiveEntry report = zip.GetEntry("proof.json")!;
            string text = ReadText(report).Replace("\"executionId\":\"e1\"", $"\"executionId\":\"{named}\"");
            report.Delete();
            using StreamWriter writer = new(zip.CreateEntry("proof.json").Open());
            writer.Write(text);
        }

        _engine["zip"] = path;
        Assert.Equal([result, result], _engine.Ok("Test-TruebitProof $zip").Values<string>("Result"));
    }

    [Fact]
    public void A_damaged_zip_is_a_failed_proof_wherever_it_is_damaged()
    {
        byte[] whole = File.ReadAllBytes(Export(""));
        for (int length = 0; length < whole.Length; length += 61)
        {
            File.WriteAllBytes(Path.Combine(_folder.FullName, $"{length}.zip"), whole[..length]);
        }

        _engine["damaged"] = _folder.FullName;

        EngineRun run = _engine.Ok("[IO.DirectoryInfo]::new($damaged).GetFiles() | Test-TruebitProof");
        Assert.All(run.Values<string>("Result"), static answer => Assert.Equal("Failed", answer));
    }

    [Fact]
    public void No_byte_of_the_sandboxs_own_transcript_can_be_changed()
    {
        byte[] transcript = Encoding.UTF8.GetBytes(Read(Export(""))["transcript.json"]);
        Assert.True(Prover.Prove(transcript).IsProved);

        Parallel.For(0, transcript.Length, at =>
        {
            // Of a letter its case: who sees that sees another letter, too.
            byte[] changed = [.. transcript];
            changed[at] ^= (byte)(char.IsAsciiLetter((char)changed[at]) ? 0x20 : 1);
            Assert.False(Prover.Prove(changed).IsProved, $"byte {at}: {(char)transcript[at]}");
        });
    }

    /// <summary>Evidence of one execution, which stays in $e.</summary>
    private string Export(string parameters) =>
        ((FileInfo)_engine.Ok($"$e = {Post} -Body @{{ a = 1 }}; $e | Export-TruebitEvidence -Path $folder {parameters}").Output.Single().BaseObject).FullName;

    private static Dictionary<string, string> Read(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        return zip.Entries.ToDictionary(static entry => entry.FullName, ReadText);
    }

    private static string ReadText(ZipArchiveEntry entry)
    {
        using StreamReader reader = new(entry.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static HubServer StillHub(string transcript, string invoice, string output = "{}") => new(call =>
        call.Path.EndsWith("/transcript", StringComparison.Ordinal) ? CannedResponse.Json(transcript)
        : call.Path.EndsWith("/transcriptInvoice", StringComparison.Ordinal) ? CannedResponse.Json(invoice)
        : CannedResponse.Success("e1", output));
}
