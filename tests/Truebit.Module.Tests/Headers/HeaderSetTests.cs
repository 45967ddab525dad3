using System.Management.Automation;
using System.Text;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Headers;

public sealed class HeaderSetTests : IClassFixture<Wire>
{
    private readonly Wire _wire;

    public HeaderSetTests(Wire wire)
    {
        _wire = wire;
        _wire.Engine["secure"] = new System.Net.NetworkCredential("", "s3cret").SecurePassword;
        _wire.Engine["credential"] = new PSCredential("änne", new System.Net.NetworkCredential("", "pä:ss").SecurePassword);
    }

    [Theory]
    [InlineData("-BearerToken $secure", """{"Authorization":"Bearer s3cret"}""")]
    [InlineData("-BearerToken s3cret", """{"Authorization":"Bearer s3cret"}""")]
    [InlineData("-Accept 'application/json, text/plain;q=0.5'", """{"Accept":"application/json, text/plain;q=0.5"}""")]
    [InlineData("-ContentType application/xml", """{"Content-Type":"application/xml"}""")]
    [InlineData("-Header @{ 'X-Key' = $secure }", """{"X-Key":"s3cret"}""")]
    [InlineData("-Header ([ordered]@{ A = 'text'; B = 7; C = $true; D = 1.5 })", """{"A":"text","B":"7","C":"true","D":"1.5"}""")]
    [InlineData("-Header @{ Empty = '' }", """{"Empty":""}""")]
    [InlineData("-BearerToken $secure -Accept a/b -ContentType c/d -Header @{ E = 'f' }", """{"Authorization":"Bearer s3cret","Accept":"a/b","Content-Type":"c/d","E":"f"}""")]
    public void A_header_set_arrives_at_the_hub_as_it_was_given(string parameters, string headers) =>
        Assert.Equal(headers, Send($"New-TruebitHeaderSet {parameters}").Raw("headers"));

    [Fact]
    public void A_credential_becomes_Basic_in_utf8()
    {
        HubRequest call = Send("New-TruebitHeaderSet -Credential $credential");

        Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("änne:pä:ss")),
            call.Input.GetProperty("headers").GetProperty("Authorization").GetString());
    }

    [Fact]
    public void The_hubs_own_key_does_not_go_to_the_target()
    {
        HubRequest call = Send("New-TruebitHeaderSet -BearerToken b");

        Assert.DoesNotContain(Engine.Key, call.Body);
    }

    [Theory]
    [InlineData("@{ 'X Y' = 1 }", "Headers: 'X Y' is not a header name: use letters, digits and !#$%&'*+-.^_`|~ only.")]
    [InlineData("@{ 'X:' = 1 }", "Headers: 'X:' is not a header name: use letters, digits and !#$%&'*+-.^_`|~ only.")]
    [InlineData("@{ 'Ümlaut' = 1 }", "Headers: 'Ümlaut' is not a header name: use letters, digits and !#$%&'*+-.^_`|~ only.")]
    [InlineData("@{ \"X`r`nY\" = 1 }", "Headers: 'X??Y' is not a header name: use letters, digits and !#$%&'*+-.^_`|~ only.")]
    [InlineData("@{ '' = 1 }", "Headers: a header's name is empty.")]
    [InlineData("@{ X = \"hidden`r`nY: 1\" }", "Headers: the value of 'X' has a line break in it.")]
    [InlineData("@{ X = \"hidden`n\" }", "Headers: the value of 'X' has a line break in it.")]
    [InlineData("@{ X = \"hidden`0\" }", "Headers: the value of 'X' has a control character in it.")]
    [InlineData("@{ X = ' hidden' }", "Headers: the value of 'X' starts or ends with white space.")]
    [InlineData("@{ X = $null }", "Headers: the value of 'X' must be text or a SecureString.")]
    [InlineData("@{ X = @{ hidden = 1 } }", "Headers: the value of 'X' must be text or a SecureString.")]
    [InlineData("@{ Authorization = 'hidden' } -BearerToken hidden", "Authorization: the header is given twice (names ignore case).")]
    [InlineData("@{ accept = 'hidden' } -Accept a/b", "accept: the header is given twice (names ignore case).")]
    public void A_header_that_http_does_not_allow_is_refused_without_its_value(string header, string message)
    {
        Assert.Equal(("InvalidInput", message), _wire.Refuse($"New-TruebitHeaderSet -Header {header}"));
        Assert.DoesNotContain("hidden", _wire.Last.Ended!.Exception.ToString());
    }

    [Fact]
    public void Names_that_differ_by_case_are_the_same_name()
    {
        (string id, string message) = _wire.Refuse("$both = [hashtable]::new([System.StringComparer]::Ordinal); $both['X-a'] = 1; $both['X-A'] = 2; New-TruebitHeaderSet -Header $both");

        Assert.Equal("InvalidInput", id);
        Assert.Contains("the header is given twice", message);
    }

    [Fact]
    public void A_line_break_in_a_SecureString_is_refused_too() =>
        Assert.Equal(
            ("InvalidInput", "Headers: the value of 'X' has a line break in it."),
            _wire.Refuse("New-TruebitHeaderSet -Header @{ X = [System.Net.NetworkCredential]::new('', \"a`nb\").SecurePassword }"));

    [Theory]
    [InlineData("@{ X = \"a`r`nb\" }", "Headers: the value of 'X' has a line break in it.")]
    [InlineData("@{ 'X Y' = 1 }", "Headers: 'X Y' is not a header name: use letters, digits and !#$%&'*+-.^_`|~ only.")]
    public void Headers_without_a_header_set_are_checked_as_well(string headers, string message) =>
        Assert.Equal(("InvalidInput", message), _wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -Headers {headers}"));

    [Fact]
    public void A_header_column_with_a_line_break_stops_its_own_row_only()
    {
        EngineRun run = _wire.Engine.Run($"@{{ 'headers.X' = 'a' }}, @{{ 'headers.X' = \"a`nb\" }} | Invoke-TruebitTask {Wire.Task} -Path /p -Method GET");

        Assert.Single(run.Output);
        Assert.Equal(("InvalidInput", "Row 2: Headers: the value of 'X' has a line break in it."), run.OnlyError);
    }

    [Fact]
    public void A_user_name_with_a_colon_cannot_be_sent() =>
        Assert.Equal(
            ("InvalidInput", "Credential: Basic authentication does not allow a colon in the user name."),
            _wire.Refuse("New-TruebitHeaderSet -Credential ([pscredential]::new('a:b', $secure))"));

    [Theory]
    [InlineData("Host", "the hub sets it from the target's address")]
    [InlineData("content-length", "the hub sets it from the body that it sends")]
    [InlineData("Transfer-Encoding", "the hub sets it when it sends the body")]
    [InlineData("Connection", "it is about the hub's connection to the target, which the hub manages")]
    [InlineData("X-API-Key", "that is the name of the hub's own key header")]
    public void A_header_that_may_do_harm_is_sent_with_a_warning_that_says_why(string name, string why)
    {
        HubRequest call = Send($"New-TruebitHeaderSet -Header @{{ '{name}' = 'x' }}");

        Assert.Equal($$"""{"{{name}}":"x"}""", call.Raw("headers"));
        Assert.All(_wire.Last.Warnings, warning => Assert.StartsWith($"The header '{name}' may do harm: {why}", warning));
        Assert.NotEmpty(_wire.Last.Warnings);
    }

    [Fact]
    public void A_column_that_may_do_harm_is_warned_of_once()
    {
        _wire.SendAll($"1..3 | ForEach-Object {{ @{{ 'headers.Host' = 'x' }} }} | Invoke-TruebitTask {Wire.Task} -Path /p -Method GET");

        Assert.StartsWith("The header 'Host' may do harm", Assert.Single(_wire.Last.Warnings));
    }

    [Fact]
    public void A_secret_in_a_column_is_warned_of_once()
    {
        _wire.SendAll($"1..3 | ForEach-Object {{ @{{ 'headers.Authorization' = 'Bearer x' }} }} | Invoke-TruebitTask {Wire.Task} -Path /p -Method GET");

        Assert.StartsWith("The column 'headers.Authorization' seems to contain a secret in plain text", Assert.Single(_wire.Last.Warnings));
    }

    [Fact]
    public void A_header_set_shows_names_in_the_order_given()
    {
        EngineRun run = _wire.Engine.Ok("$set = New-TruebitHeaderSet -BearerToken $secure -Accept a/b -Header @{ 'X-Key' = $secure }; $set; \"$set\"");

        Assert.Equal("Truebit.TruebitHeaderSet", run.Output[0].TypeNames[0]);
        Assert.Equal(["Authorization", "Accept", "X-Key"], EngineRun.Of<string[]>(run.Output[0], "Name"));
        Assert.Equal("Authorization, Accept, X-Key", run.Output[1].BaseObject);
    }

    [Fact]
    public void A_header_set_serves_many_rows()
    {
        IReadOnlyList<HubRequest> calls = _wire.SendAll($"$set = New-TruebitHeaderSet -BearerToken $secure; 1..3 | ForEach-Object {{ @{{ Path = \"/$_\" }} }} | Invoke-TruebitTask {Wire.Task} -Method GET -Headers $set");

        Assert.Equal(3, calls.Count);
        Assert.All(calls, static call => Assert.Equal("""{"Authorization":"Bearer s3cret"}""", call.Raw("headers")));
    }

    [Fact]
    public void A_secret_header_arrives_at_the_target_by_the_sandbox()
    {
        using Engine engine = new Engine().ConnectSandbox();
        engine["secure"] = new System.Net.NetworkCredential("", "s3cret").SecurePassword;

        EngineRun run = engine.Ok("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a -Headers (New-TruebitHeaderSet -BearerToken $secure)");

        Assert.Contains("\"Authorization\":\"Bearer s3cret\"", run.Value<string>("OutputJson"));
    }

    [Theory]
    [InlineData("'text'")]
    [InlineData("7")]
    public void Headers_are_not_text(string headers) =>
        Assert.StartsWith("Headers: the value must be a header set", _wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -Headers {headers}").Message);

    private HubRequest Send(string headers) => _wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Headers ({headers})");
}
