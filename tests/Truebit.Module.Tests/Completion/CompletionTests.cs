using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Completion;

/// <summary>What Tab offers: what this session and a journal know, and nothing that would have to be asked for at the hub.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("truebit-tests-").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Methods_complete_and_any_other_may_be_typed() =>
        Assert.Equal(["POST", "PUT", "PATCH"], Complete("Invoke-TruebitTask -Method P"));

    [Fact]
    public void Sets_of_values_complete() => Assert.Equal(["Report", "Resubmit"], Complete("Invoke-TruebitTask -OnUnknown Re"));

    [Fact]
    public void Tasks_of_this_session_complete()
    {
        using HubServer hub = new(static _ => CannedResponse.Success(Guid.NewGuid().ToString(), "{}"));
        _engine.Connect(hub.Endpoint);
        Assert.Empty(Complete("Invoke-TruebitTask -Namespace s"));
        _engine.Ok("""
            Invoke-TruebitTask -Namespace shop -TaskName orders -Label stable -Method GET -Path /a
            Invoke-TruebitTask -Namespace shop -TaskName 'two words' -Method GET -Path /a
            Invoke-TruebitTask -Namespace other -TaskName invoices -Method GET -Path /a
            """);
        int calls = hub.Requests.Count;

        Assert.Equal(["shop"], Complete("Invoke-TruebitTask -Namespace s"));
        Assert.Equal(["orders", "'two words'"], Complete("Invoke-TruebitTask -Namespace shop -TaskName "));
        Assert.Equal(["invoices"], Complete("Invoke-TruebitTask -TaskName i"));
        Assert.Equal(["stable"], Complete("Invoke-TruebitTask -Namespace shop -TaskName orders -Label "));
        Assert.Empty(Complete("Invoke-TruebitTask -Namespace other -TaskName invoices -Label s"));
        Assert.Equal(calls, hub.Requests.Count);
    }

    [Fact]
    public void Each_cmdlet_is_offered_the_tasks_of_its_kind()
    {
        string journal = Path.Combine(_folder, "run.journal");
        using HubServer hub = new(static _ => CannedResponse.Success(Guid.NewGuid().ToString(), "{}"));
        using (Engine earlier = new Engine().Connect(hub.Endpoint))
        {
            earlier["journal"] = journal;
            earlier.Ok("""
                Invoke-TruebitTask -Namespace shop -TaskName orders -Method GET -Path /a -Journal $journal
                Invoke-TruebitFunction -Namespace shop -TaskName prices -Text x -Journal $journal
                """);
        }

        _engine.Connect(hub.Endpoint).Ok("""
            Invoke-TruebitTask -Namespace here -TaskName orders2 -Method GET -Path /a
            Invoke-TruebitFunction -Namespace here -TaskName prices2 -Text x
            """);

        Assert.Equal(["orders2", "orders"], Complete($"Invoke-TruebitTask -Journal '{journal}' -TaskName "));
        Assert.Equal(["prices2", "prices"], Complete($"Invoke-TruebitFunction -Journal '{journal}' -TaskName "));
        Assert.Equal(["orders2"], Complete("Test-TruebitTask -TaskName "));
    }

    [Fact]
    public void Ids_of_this_session_complete_the_newest_first()
    {
        _engine.ConnectSandbox();
        string[] ids = _engine.Ok("1..3 | ForEach-Object { Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a }").Values<string>("ExecutionId");

        Assert.Equal(ids.Reverse(), Complete("Get-TruebitExecution -ExecutionId "));
        Assert.Equal([ids[0]], Complete($"Wait-TruebitExecution -ExecutionId {ids[0][..8]}"));
    }

    [Fact]
    public void Tasks_of_a_journal_complete()
    {
        string journal = Path.Combine(_folder, "run.journal");
        using (Engine earlier = new Engine().ConnectSandbox())
        {
            earlier["journal"] = journal;
            earlier.Ok("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Label stable -Method GET -Path /a -Journal $journal");
        }

        Assert.Equal(["sandbox"], Complete($"Invoke-TruebitTask -Journal '{journal}' -Namespace s"));
        Assert.Equal(["echo"], Complete($"Invoke-TruebitTask -Journal '{journal}' -Namespace sandbox -TaskName e"));
        Assert.Equal(["stable"], Complete($"Invoke-TruebitTask -Journal '{journal}' -Label s"));
    }

    [Theory]
    [InlineData("missing.journal", null)]
    [InlineData("damaged.journal", "no journal\nat all\n")]
    public void A_journal_that_cannot_be_read_offers_nothing(string name, string? text)
    {
        string journal = Path.Combine(_folder, name);
        if (text is not null)
        {
            File.WriteAllText(journal, text);
        }

        Assert.Empty(Complete($"Invoke-TruebitTask -Journal '{journal}' -TaskName e"));
        Assert.Empty(_engine.RememberedErrors);
    }

    [Fact]
    public void Columns_of_the_input_complete()
    {
        _engine["csv"] = Path.Combine(_folder, "orders.csv");
        _engine.Ok("Set-Location (Split-Path $csv); 'OrderId;Order Date;Path', '1;2;/a' | Set-Content orders.csv; $rows = [pscustomobject]@{ Id = 1; Name = 'x' }; $tables = @{ OnlyKey = 1 }, @{}");

        Assert.Equal(["OrderId", "'Order Date'"], Complete("Import-Csv orders.csv -Delimiter ';' | Invoke-TruebitTask -Key O"));
        Assert.Equal(["Id"], Complete("$rows | Invoke-TruebitTask -Key I"));
        Assert.Equal(["OnlyKey"], Complete("$tables | Invoke-TruebitTask -IgnoreColumn "));
        Assert.DoesNotContain("Id", Complete("Get-Date | Invoke-TruebitTask -Key I"));
    }

    [Fact]
    public void Operations_and_members_of_answers_complete_from_the_manifest()
    {
        _engine["manifest"] = Path.Combine(_folder, "shop.json");
        _engine.Ok("""
            Set-Location (Split-Path $manifest)
            Set-Content $manifest '{ "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "paths": {
                "/orders": { "get": { "operationId": "listOrders", "responses": { "200": { "description": "d", "content": { "application/json":
                    { "schema": { "type": "object", "required": ["total", "items"], "properties": { "total": { "type": "integer" }, "items": { "type": "string" } } } } } } } },
                    "post": { "responses": { "200": { "description": "d" } } } } } }'
            """);

        // It is read in the background: the first completion may be too early.
        Limits.Await(() => Complete("New-TruebitTaskTemplate shop.json -Operation ").Contains("listOrders"), "The operations are not offered.");
        Assert.Equal(["listOrders", "'POST /orders'"], Complete("New-TruebitTaskTemplate ./shop.json -Operation "));
        Assert.Equal(["total"], Complete("Invoke-TruebitTask -Manifest shop.json -AsRow -OutputColumn t"));
        Assert.DoesNotContain("total", Complete("Invoke-TruebitTask -Manifest missing.json -AsRow -OutputColumn t"));
    }

    [Fact]
    public void Shards_and_faults_complete()
    {
        Assert.Equal(["3/4", "3/8", "3/16", "3/32"], Complete("Invoke-TruebitTask -Shard 3/"));
        Assert.Contains("1/2", Complete("Invoke-TruebitTask -Shard "));
        string[] faults = Complete("Start-TruebitSandbox -Fault ");
        Assert.Contains("@{ LoseAnswer = 0.1 }", faults);
        Assert.All(faults, fault => _engine.Ok($"Start-TruebitSandbox -Fault {fault} > $null; Stop-TruebitSandbox"));
    }

    [Theory]
    [InlineData("Invoke-TruebitTask -Journal ")]
    [InlineData("Get-TruebitJournal ")]
    public void A_journal_completes_without_the_files_that_keep_others_from_it(string command)
    {
        _engine["folder"] = _folder;
        _engine.Ok("Set-Location $folder; 'x' > run.journal; 'x' > run.journal.lock");

        Assert.Equal(["run.journal"], Complete(command + "r").Select(static path => Path.GetFileName(path)));
    }

    private string[] Complete(string line) => _engine.Complete(line);
}
