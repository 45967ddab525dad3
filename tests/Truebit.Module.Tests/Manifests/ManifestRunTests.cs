using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Manifests;

/// <summary>Invoke-TruebitTask -Manifest: rows are typed and checked before anything is sent.</summary>
public sealed class ManifestRunTests : IClassFixture<Wire>
{
    private const string Post = "Invoke-TruebitTask -Namespace n -TaskName t -Method POST -Path /store/order -Manifest $petstore -ThrottleLimit 1";

    private readonly Wire _wire;

    public ManifestRunTests(Wire wire)
    {
        _wire = wire;
        wire.Engine["petstore"] = Path.Combine(Repository.Samples, "petstore.manifest.json");
    }

    [Fact]
    public void Columns_without_a_type_get_it_from_the_manifest()
    {
        _wire.Csv("body.id,body.petId,body.shipDate,body.status,body.complete,Note", "9007199254740993,12,2077-08-24T14:15:22Z,placed,true,00123");

        HubRequest call = _wire.Send($"Import-Csv $csv | {Post}");

        Assert.Equal("""{"id":9007199254740993,"petId":12,"shipDate":"2077-08-24T14:15:22Z","status":"placed","complete":true}""", call.Raw("body"));
    }

    [Fact]
    public void A_parameter_of_the_path_is_typed_as_well()
    {
        _wire.Csv("Method,Path,params.no", "GET,/store/order/{no},7");

        Assert.Equal("""{"no":7}""", _wire.Send("Import-Csv $csv | Invoke-TruebitTask -Namespace n -TaskName t -Manifest $petstore").Raw("params"));
    }

    [Fact]
    public void A_whole_body_may_be_JSON_text()
    {
        _wire.Csv("body", """
            "{""id"": 12345678901234567}"
            """);

        Assert.Equal("""{"id":12345678901234567}""", _wire.Send($"Import-Csv $csv | {Post}").Raw("body"));
    }

    [Fact]
    public void A_type_in_a_column_wins_and_is_checked()
    {
        _wire.Csv("body.id:string", "12");

        Assert.Equal(("InvalidInput", "Row 1: body.id: must be an integer, but is \"12\"."), _wire.Refuse($"Import-Csv $csv | {Post}"));
    }

    [Fact]
    public void A_bad_row_is_its_own_error_and_the_others_go_on()
    {
        _wire.Csv("body.id,body.quantity,body.status", "1,2,placed", "x,-2,lost", "3,4,placed");

        IReadOnlyList<HubRequest> calls = _wire.SendAll($"Import-Csv $csv | {Post} -ErrorAction SilentlyContinue -ErrorVariable failed; $global:Error.Clear()");

        Assert.Equal(2, calls.Count);
        ErrorRecord error = (ErrorRecord)((PSObject)_wire.Engine.Ok("$failed[0]").Output[0]).BaseObject;
        Assert.Equal("Row 2: body.id: must be an integer, but is \"x\"; body.quantity: must be at least 0, but is -2; body.status: must be one of placed, approved, delivered, but is \"lost\".", error.Exception.Message);
        Assert.Equal("x", EngineRun.Of<string>((PSObject)error.TargetObject, "body.id"));
    }

    [Fact]
    public void RequireAllValid_sends_nothing_if_one_row_is_bad()
    {
        _wire.Csv("body.id", "1", "x", "3");
        int before = _wire.Requests;

        EngineRun run = _wire.Engine.Run($"Import-Csv $csv | {Post} -RequireAllValid");

        Assert.Equal("InvalidInput", run.OnlyError.Id);
        Assert.Equal(("NotSent", "Not sent: 1 of 3 rows are not valid, so none was sent."), run.End);
        Assert.Equal(before, _wire.Requests);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void RequireAllValid_sends_all_in_their_order_if_all_are_right()
    {
        _wire.Csv("body.id", "1", "2", "3");

        IReadOnlyList<HubRequest> calls = _wire.SendAll($"Import-Csv $csv | {Post} -RequireAllValid");

        Assert.Equal(["""{"id":1}""", """{"id":2}""", """{"id":3}"""], calls.Select(static call => call.Raw("body")));
    }

    [Theory]
    [InlineData("nowhere.json")]
    [InlineData("orders.csv")]
    public void A_file_that_is_no_manifest_ends_the_command(string file)
    {
        _wire.Engine["bad"] = Path.Combine(Repository.Samples, file);

        (string id, string message) = _wire.Refuse("Invoke-TruebitTask -Namespace n -TaskName t -Method GET -Path / -Manifest $bad");

        Assert.Equal("InvalidManifest", id);
        Assert.Contains(file, message);
    }
}
