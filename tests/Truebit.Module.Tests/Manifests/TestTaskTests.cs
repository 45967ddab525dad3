using System.Management.Automation;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Manifests;

/// <summary>Test-TruebitTask and New-TruebitTaskTemplate, which need neither hub nor key.</summary>
public sealed class TestTaskTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-manifest-");

    public TestTaskTests()
    {
        _engine["petstore"] = Path.Combine(Repository.Samples, "petstore.manifest.json");
        _engine["orders"] = Path.Combine(Repository.Samples, "orders.csv");
        _engine["csv"] = Path.Combine(_folder.FullName, "rows.csv");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void The_sample_rows_are_checked_one_by_one()
    {
        EngineRun run = _engine.Ok("Import-Csv $orders | Test-TruebitTask -Manifest $petstore");

        Assert.Equal(Enumerable.Range(1, 14), run.Values<int>("Row"));
        Assert.Equal(6, Assert.Single(run.Output, static check => !EngineRun.Of<bool>(check, "IsValid")).Properties["Row"].Value);
        Assert.Equal("POST /store/order", run.Values<string>("Operation")[0]);
        PSObject problem = Assert.Single(_engine.Ok("(Import-Csv $orders | Test-TruebitTask -Manifest $petstore)[5].Problems").Output);
        Assert.Equal(["body.status", "enum", "one of placed, approved, delivered", "\"shipped\""], new[] { "Field", "Rule", "Expected", "Found" }.Select(name => EngineRun.Of<string>(problem, name)));
    }

    [Fact]
    public void The_problems_are_text_in_a_CSV_file()
    {
        EngineRun run = _engine.Ok("Import-Csv $orders | Test-TruebitTask -Manifest $petstore | Select-Object Row, Problems | ConvertTo-Csv -UseQuotes Never");

        Assert.Equal("6,body.status: must be one of placed, approved, delivered, but is \"shipped\"", run.Output[6].ToString());
        Assert.Equal("7,", run.Output[7].ToString());
    }

    [Fact]
    public void The_request_is_shown_as_it_would_be_sent_without_the_values_of_headers()
    {
        EngineRun run = _engine.Ok(
            "@{ 'body.id' = '7'; Headers = @{ 'X-Key' = 's3cret' } } | Test-TruebitTask -Namespace n -TaskName t -Method POST -Path /store/order -Manifest $petstore");

        Assert.Equal(
            """{"namespace":"n","taskName":"t","async":true,"executionTimeout":60000,"input":{"path":"/store/order","method":"POST","body":{"id":7},"headers":{"X-Key":"(secret)"}}}""",
            run.Value<string>("RequestJson"));
    }

    [Fact]
    public void A_row_of_which_no_request_can_be_made_is_a_result_as_well()
    {
        EngineRun run = _engine.Ok("@{ Path = '/store/order/{orderId}' }, @{ Path = '/store/order/1' } | Test-TruebitTask -Namespace n -TaskName t -Method GET -Manifest $petstore");

        Assert.Equal([false, true], run.Values<bool>("IsValid"));
        Assert.Equal("Row 1: Params: the path's placeholder '{orderId}' has no value; give it in -Params or in a column 'params.orderId'", run.Output[0].ToString());
    }

    [Theory]
    [InlineData("placeOrder")]
    [InlineData("GET /store/order/{orderId}")]
    [InlineData(null)]
    public void A_template_passes_the_test(string? operation)
    {
        _engine["operation"] = operation;
        EngineRun template = _engine.Ok($"New-TruebitTaskTemplate $petstore {(operation is null ? "" : "$operation")} -Namespace n -TaskName t");
        string[] columns = [.. template.Output[0].Properties.Select(static column => column.Name)];
        File.WriteAllLines(
            Path.Combine(_folder.FullName, "rows.csv"),
            template.Output.Select(row => string.Join(",", columns.Select(column => EngineRun.Of<string>(row, column)))).Prepend(string.Join(",", columns)));

        EngineRun run = _engine.Ok("Import-Csv $csv | Test-TruebitTask -Manifest $petstore");

        Assert.Equal(operation is null ? 4 : 1, run.Output.Count);
        Assert.All(run.Output, static check => Assert.Empty((IReadOnlyList<object>)check.Properties["Problems"].Value));
    }

    [Fact]
    public void A_template_has_typed_columns()
    {
        EngineRun run = _engine.Ok("New-TruebitTaskTemplate $petstore placeOrder");

        Assert.Equal(
            ["Namespace=your-namespace", "TaskName=your-task", "Method=POST", "Path=/store/order", "body.id:integer=10", "body.petId:integer=198772", "body.quantity:integer=7", "body.shipDate=2077-08-24T14:15:22Z", "body.status=placed", "body.complete:boolean=true"],
            run.Output[0].Properties.Select(static column => $"{column.Name}={column.Value}"));
        Assert.Equal("OperationNotFound", _engine.Run("New-TruebitTaskTemplate $petstore cancelOrder").End.Id);
    }

    [Fact]
    public void A_template_of_all_leaves_out_what_cannot_be_followed_with_a_warning()
    {
        _engine["manifest"] = """{"openapi":"3.1.0","paths":{"/bad":{"get":{"operationId":"bad","parameters":[{"$ref":"other.json"}]}},"/lost":{"$ref":"other.json"},"/good":{"get":{}}}}""";

        EngineRun run = _engine.Ok("New-TruebitTaskTemplate $manifest");

        Assert.Equal("/good", run.Value<string>("Path"));
        Assert.Equal(2, run.Warnings.Count);
        Assert.Contains("GET /bad", run.Warnings[0]);
        (string id, string message) = _engine.Run("New-TruebitTaskTemplate $manifest bad").End;
        Assert.Equal("InvalidManifest", id);
        Assert.Contains("'other.json'", message);
        Assert.Empty(_engine.Ok("(@{ Path = '/good' } | Test-TruebitTask -Namespace n -TaskName t -Method GET -Manifest $manifest).Problems").Output);
    }

    [Fact]
    public void A_template_with_parameters_of_one_name_and_a_body_that_is_required_passes_the_test()
    {
        _engine["manifest"] = """
            {
              "openapi": "3.0.3",
              "paths": { "/a/{id}": { "post": {
                "parameters": [
                  { "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } },
                  { "name": "id", "in": "query", "required": true, "schema": { "type": "string", "pattern": "^AC[0-9a-f]{4}$" } },
                  { "name": "page[size]", "in": "query", "required": true, "schema": { "type": "integer", "maximum": 3 } },
                  { "name": "tags", "in": "query", "required": true, "explode": false, "schema": { "type": "array", "minItems": 2, "items": { "enum": ["x", "y"] } } } ],
                "requestBody": { "required": true, "content": { "application/json": { "schema": { "type": "object", "properties": { "a.b": { "oneOf": [{ "type": "string" }, { "type": "number" }] } } } } } } } } }
            }
            """;

        EngineRun run = _engine.Ok("New-TruebitTaskTemplate $manifest -Namespace n -TaskName t | Test-TruebitTask -Manifest $manifest");

        Assert.Empty((IReadOnlyList<object>)run.Output[0].Properties["Problems"].Value);
    }
}
