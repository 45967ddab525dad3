using System.Text;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Proofs;

public sealed class TestProofTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-proof-");

    public TestProofTests()
    {
        _engine["hub"] = Documents.Hub.Address.ToString();
        _engine["transcript"] = Documents.Transcript("e1");
        _engine["invoice"] = Documents.Invoice("e1");
        _engine["folder"] = _folder.FullName;
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_transcript_is_proved_and_says_who_signed()
    {
        EngineRun run = _engine.Ok("$transcript | Test-TruebitProof");

        Assert.Equal("Truebit.TruebitProof", run.Output.Single().TypeNames[0]);
        Assert.True(run.Value<bool>("IsProved"));
        Assert.Equal(("Proved", "Transcript", "e1"), (run.Value<string>("Result"), run.Value<string>("Kind"), run.Value<string>("ExecutionId")));
        Assert.Equal(Documents.Hub.Address.ToString(), run.Value<string>("Signer"));
        Assert.Contains("only say who signed", run.Value<string>("Reason"));
        Assert.Empty(run.Value<string>("Source"));
        EngineRun checks = _engine.Ok("($transcript | Test-TruebitProof).Checks");
        Assert.All(["Subject", "Rule", "Result", "Reason"], property => Assert.All(checks.Values<string>(property), static value => Assert.NotEqual("", value)));
        Assert.Contains("message 1 (task_created) / dispatch_task", checks.Values<string>("Subject"));
        Assert.Equal(["NotProvable", "Proved"], checks.Values<string>("Result").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_published_invoice_is_proved_where_the_hub_is_expected()
    {
        _engine["invoice"] = Documents.PublishedInvoice;
        _engine["published"] = Documents.PublishedSigner;

        EngineRun alone = _engine.Ok("$invoice | Test-TruebitProof");
        EngineRun pinned = _engine.Ok("$invoice | Test-TruebitProof -ExpectedSigner $published");
        EngineRun other = _engine.Ok("$invoice | Test-TruebitProof -ExpectedSigner $hub");
        EngineRun among = _engine.Ok("$invoice | Test-TruebitProof -ExpectedSigner $hub, $published");

        Assert.True(among.Value<bool>("IsProved"));

        Assert.Equal(("NotProvable", "Proved", "Failed"), (alone.Value<string>("Result"), pinned.Value<string>("Result"), other.Value<string>("Result")));
        Assert.False(alone.Value<bool>("IsProved"));
        Assert.StartsWith("Nothing failed, but not everything can be proved. Invoice: ", alone.Value<string>("Reason"));
        Assert.Equal(Documents.PublishedSigner, alone.Value<string>("Signer"));
        Assert.StartsWith("Invoice: It is not signed by ", other.Value<string>("Reason"));
    }

    [Theory]
    [InlineData("$transcript, $invoice", "Transcript Proved, Invoice Proved")]
    [InlineData("$invoice, $transcript", "Transcript Proved, Invoice Proved")]
    [InlineData("$invoice, $lonely, $transcript", "Transcript Proved, Invoice Proved, Invoice NotProvable")]
    [InlineData("$foreign, $invoice, $transcript", "Transcript Proved, Invoice Failed, Invoice Proved")]
    [InlineData("$transcript, $second, $invoice", "Transcript Proved, Transcript Proved, Invoice NotProvable")]
    public void An_invoice_is_proved_by_the_transcript_of_its_execution(string documents, string expected)
    {
        _engine["lonely"] = Documents.Invoice("e2");
        _engine["foreign"] = Documents.Invoice("e1", Documents.OtherHub);
        _engine["second"] = Documents.Transcript("e1", Documents.OtherHub);

        EngineRun run = _engine.Ok($"{documents} | Test-TruebitProof");

        Assert.Equal(expected, string.Join(", ", run.Values<string>("Kind").Zip(run.Values<string>("Result"), static (kind, answer) => $"{kind} {answer}")));
    }

    [Fact]
    public void Objects_are_proved_by_their_raw_text()
    {
        EngineRun run = _engine.Ok("[pscustomobject]@{ ExecutionId = 'other'; RawJson = $transcript } | Test-TruebitProof -ExpectedSigner $hub.ToLowerInvariant()");

        Assert.True(run.Value<bool>("IsProved"));
        Assert.Equal("e1", run.Value<string>("ExecutionId"));
        Assert.DoesNotContain("only say", run.Value<string>("Reason"));
    }

    [Theory]
    [InlineData("Test-TruebitProof (Join-Path $folder '*.json')")]
    [InlineData("Test-TruebitProof -LiteralPath (Join-Path $folder 'a[1].json'), (Join-Path $folder b.json)")]
    [InlineData("Get-ChildItem $folder | Test-TruebitProof")]
    public void Files_are_proved(string script)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a[1].json"), Documents.Transcript("e1"), new UTF8Encoding(true));
        File.WriteAllText(Path.Combine(_folder.FullName, "b.json"), Documents.Transcript("e2"));
        _engine.Ok("function Join-Path($folder, $name) { [IO.Path]::Combine($folder, $name) }; function Get-ChildItem($folder) { [IO.DirectoryInfo]::new($folder).GetFiles() }");

        EngineRun run = _engine.Ok(script);

        Assert.Equal(["a[1].json", "b.json"], run.Values<string>("Source").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(run.Values<bool>("IsProved"), Assert.True);
    }

    [Theory]
    [InlineData("'{'")]
    [InlineData("'{}'")]
    [InlineData("' { \"transcript\": [] }'")]
    [InlineData("$transcript.Replace('ab12', 'ab13').Replace('5e-7', '0.0000005')")]
    public void Whatever_a_document_is_its_proof_fails_without_an_error(string text)
    {
        EngineRun run = _engine.Ok($"{text} | Test-TruebitProof");

        Assert.Equal("Failed", run.Value<string>("Result"));
        Assert.False(run.Value<bool>("IsProved"));
    }

    [Theory]
    [InlineData("$null", "InvalidInput")]
    [InlineData("''", "InvalidInput")]
    [InlineData("'./evidence.zip'", "InvalidInput")]
    [InlineData("17", "InvalidInput")]
    [InlineData("[pscustomobject]@{ executionId = 'e1' }", "InvalidInput")]
    [InlineData("[IO.FileInfo]'/no/such/file'", "FileNotReadable")]
    public void What_is_no_document_is_an_error_and_the_others_go_on(string input, string errorId)
    {
        EngineRun run = _engine.Run($"{input}, $transcript | Test-TruebitProof");

        Assert.Equal(errorId, run.OnlyError.Id);
        Assert.True(run.Value<bool>("IsProved"));
    }

    [Theory]
    [InlineData("no.json")]
    [InlineData("no*.json")]
    [InlineData("NoSuchDrive:/a.json")]
    public void A_path_that_leads_nowhere_is_an_error(string path) =>
        Assert.Equal("FileNotReadable", _engine.Run($"Test-TruebitProof {path}").OnlyError.Id);

    [Fact]
    public void A_folder_is_an_error_that_says_how_to_give_its_files()
    {
        (string id, string message) = _engine.Run("Test-TruebitProof $PSHOME").OnlyError;

        Assert.Equal("FileNotReadable", id);
        Assert.EndsWith("*.zip'.", message);
    }

    [Theory]
    [InlineData("0x00")]
    [InlineData("E3AcBBB129F14681C315028dB0A156597fb5058B")]
    [InlineData("0xe3AcBBB129F14681C315028dB0A156597fb5058B")]
    [InlineData("0xG3acbbb129f14681c315028db0a156597fb5058b")]
    public void A_mistyped_signer_ends_the_command(string address)
    {
        (string id, string message) = _engine.Run($"$transcript | Test-TruebitProof -ExpectedSigner {address}").End;

        Assert.Equal("InvalidInput", id);
        Assert.Contains($"'{address}' is not an address", message);
    }

    /// <summary>A sample; tests/Truebit.Proof.Tests changes every byte in several ways.</summary>
    [Fact]
    public void No_changed_byte_passes()
    {
        byte[] transcript = Encoding.UTF8.GetBytes(Documents.Transcript("e1"));
        for (int at = 0; at < transcript.Length; at += 23)
        {
            byte[] changed = [.. transcript];
            changed[at] ^= 1;
            File.WriteAllBytes(Path.Combine(_folder.FullName, $"{at}.json"), changed);
        }

        EngineRun run = _engine.Ok("[IO.DirectoryInfo]::new($folder).GetFiles() | Test-TruebitProof");

        Assert.True(run.Output.Count > 100);
        Assert.All(run.Values<bool>("IsProved"), Assert.False);
    }

    [Fact]
    public void Many_are_proved_in_the_order_of_the_input()
    {
        _engine["many"] = Enumerable.Range(0, 300).AsParallel().AsOrdered().Select(static n => Documents.Transcript($"execution-{n}")).ToArray();

        EngineRun run = _engine.Ok("$many | Test-TruebitProof -ExpectedSigner $hub");

        Assert.All(run.Values<bool>("IsProved"), Assert.True);
        Assert.Equal(Enumerable.Range(0, 300).Select(static n => $"execution-{n}"), run.Values<string>("ExecutionId"));
    }

    [Fact]
    public void No_more_is_taken_in_than_there_is_room_for()
    {
        EngineRun run = _engine.Ok("$taken = 0; $first = 1..10000 | ForEach-Object { $taken++; $transcript } | Test-TruebitProof | Select-Object -First 1; $taken");

        Assert.InRange((int)run.Output.Single().BaseObject, 1, (8 * Environment.ProcessorCount) + 1);
    }

    [Fact]
    public void The_views_fit_the_screen_and_say_it_all()
    {
        string[] table = _engine.Show("$transcript, $invoice | Test-TruebitProof");
        Assert.Equal(4, table.Length);
        Assert.StartsWith("Proved      Transcript e1", table[2]);

        string[] list = _engine.Show("$transcript | Test-TruebitProof | Format-List");
        Assert.Contains(list, static line => line.Contains(Documents.Hub.Address.ToString()));
        Assert.Contains(list, static line => line.Contains("NotProvable: message 2 (node_outcome), NodeSignature"));

        Assert.Contains(_engine.Show("($transcript | Test-TruebitProof).Checks"), static line => line.StartsWith("Proved      root: ContentHash ", StringComparison.Ordinal));
        Assert.All([.. table, .. list], static line => Assert.InRange(line.Length, 1, TestRawUI.Columns));
    }
}
