using System.Text;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Rows;

public sealed class JsonTests(Wire wire) : IClassFixture<Wire>
{
    [Theory]
    [InlineData("@{ a = @(1) }", """{"a":[1]}""")]
    [InlineData("@{ a = @() }", """{"a":[]}""")]
    [InlineData("@{ a = , @(1) }", """{"a":[[1]]}""")]
    [InlineData("@{ a = $null }", """{"a":null}""")]
    [InlineData("@{ a = '2077-08-24T14:15:22Z' }", """{"a":"2077-08-24T14:15:22Z"}""")]
    [InlineData("@{ a = [datetime]::new(2077, 8, 24, 14, 15, 22, [System.DateTimeKind]::Utc) }", """{"a":"2077-08-24T14:15:22Z"}""")]
    [InlineData("@{ a = [datetime]::new(2077, 8, 24) }", """{"a":"2077-08-24T00:00:00"}""")]
    [InlineData("@{ a = [datetimeoffset]::new(2077, 8, 24, 14, 15, 22, 500, [timespan]::FromHours(2)) }", """{"a":"2077-08-24T14:15:22.5+02:00"}""")]
    [InlineData("@{ a = 12345678901234567890 }", """{"a":12345678901234567890}""")]
    [InlineData("@{ a = [bigint]::Parse('123456789012345678901234567890') }", """{"a":123456789012345678901234567890}""")]
    [InlineData("@{ a = 1.10d }", """{"a":1.10}""")]
    [InlineData("@{ a = 0.1 }", """{"a":0.1}""")]
    [InlineData("@{ a = 1e300 }", """{"a":1E+300}""")]
    [InlineData("@{ a = [byte]7; }", """{"a":7}""")]
    [InlineData("@{ a = [char]'x' }", """{"a":"x"}""")]
    [InlineData("@{ a = $true }", """{"a":true}""")]
    [InlineData("@{ a = [switch]$true }", """{"a":true}""")]
    [InlineData("@{ a = [guid]::Empty }", """{"a":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("@{ a = [uri]'https://a.test/?b=c d' }", """{"a":"https://a.test/?b=c d"}""")]
    [InlineData("@{ a = [System.DayOfWeek]'Monday' }", """{"a":"Monday"}""")]
    [InlineData("@{ a = [timespan]'1.02:03:04' }", """{"a":"1.02:03:04"}""")]
    [InlineData("@{ a = [version]'1.2' }", """{"a":"1.2"}""")]
    [InlineData("@{ a = [System.Collections.Generic.List[int]](1, 2) }", """{"a":[1,2]}""")]
    [InlineData("@{ a = [byte[]](1, 2) }", """{"a":[1,2]}""")]
    [InlineData("@{ a = 'ä€ \"quoted\" \\ <b>' }", """{"a":"ä€ \"quoted\" \\ <b>"}""")]
    [InlineData("@{ a = \"line`nbreak`0\" }", """{"a":"line\nbreak\u0000"}""")]
    [InlineData("@{ 7 = 'a number as a name' }", """{"7":"a number as a name"}""")]
    [InlineData("@{ a = [System.Collections.Generic.Dictionary[string, int]]::new() }", """{"a":{}}""")]
    public void A_value_is_written_as_it_is(string body, string json) =>
        Assert.Equal(json, wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body {body}").Raw("body"));

    [Fact]
    public void Text_beyond_the_first_plane_arrives_whole() =>
        Assert.Equal("😀", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body '😀'").Input.GetProperty("body").GetString());

    [Fact]
    public void Properties_that_PowerShell_adds_to_values_are_not_sent()
    {
        // Numbers and text carry members that ConvertTo-Json of Windows PowerShell writes as {"value":...}.
        wire.Engine.Ok("$text = 'x'; $text.PSObject.Properties.Add([psnoteproperty]::new('PSPath', 'y')); $body = @{ a = $text; b = @([pscustomobject]@{ c = 1 }) }");

        Assert.Equal("\"x\"", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body $body").Input.GetProperty("body").GetProperty("a").GetRawText());
    }

    [Fact]
    public void Nothing_is_cut_at_a_depth()
    {
        const int depth = 200;
        wire.Engine.Ok($"$body = 'deep'; 1..{depth} | ForEach-Object {{ $body = @{{ a = @(, $body) }} }}");

        string expected = new StringBuilder().Insert(0, "{\"a\":[", depth).Append("\"deep\"").Insert(depth * 6 + 6, "]}", depth).ToString();
        Assert.Equal(expected, wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body $body").Raw("body"));
    }

    [Theory]
    [InlineData("$body = @{}; $body.self = $body")]
    [InlineData("$body = [pscustomobject]@{ self = $null }; $body.self = @($body)")]
    [InlineData("$body = @{}; $body.one = $body; $body.two = $body; $body.three = $body")]
    public void A_cycle_is_an_error(string cycle)
    {
        (string id, string message) = wire.Refuse($"{cycle}; Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body $body");

        Assert.Equal("InvalidInput", id);
        Assert.Contains("the value is nested deeper than 500 levels; does it contain itself?", message);
        Assert.InRange(message.Length, 1, 300);
    }

    [Theory]
    [InlineData("@{ a = $secure }", "body.a")]
    [InlineData("@{ a = @{ b = @(1, $secure) } }", "body.a.b")]
    [InlineData("@{ a = [pscredential]::new('u', $secure) }", "body.a")]
    [InlineData("@{ a = $sandbox.ApiKey }", "body.a")]
    [InlineData("@{ a = New-TruebitHeaderSet -BearerToken $secure }", "body.a")]
    public void A_secret_in_the_body_is_an_error(string body, string field)
    {
        wire.Engine.Ok("$secure = [System.Net.NetworkCredential]::new('', 'hidden').SecurePassword; $sandbox = Start-TruebitSandbox");

        (string id, string message) = wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body {body}");

        Assert.Equal("InvalidInput", id);
        Assert.StartsWith($"{field}: a secret cannot be sent here, because the hub's transcript would show it", message);
        Assert.DoesNotContain("hidden", message);
    }

    [Theory]
    [InlineData("-Params @{ a = $secure }", "params.a")]
    [InlineData("-InputObject @{ a = $secure }", "a")]
    public void A_secret_elsewhere_is_an_error_too(string parameter, string field)
    {
        wire.Engine.Ok("$secure = [System.Net.NetworkCredential]::new('', 'hidden').SecurePassword");
        string path = parameter.StartsWith("-Params", StringComparison.Ordinal) ? "-Path /p -Method GET" : "";

        Assert.StartsWith($"{field}: a secret cannot be sent here", wire.Refuse($"Invoke-TruebitTask {Wire.Task} {path} {parameter}").Message);
    }

    [Theory]
    [InlineData("@{ a = [double]::NaN }", "body.a: NaN cannot be sent, because JSON has no such number.")]
    [InlineData("@{ a = [float]::PositiveInfinity }", "body.a: Infinity cannot be sent, because JSON has no such number.")]
    [InlineData("@{ a = [System.Text.StringBuilder]::new() }", "body.a: a System.Text.StringBuilder has no plain JSON form; use text, a number, an array, a hashtable or a custom object.")]
    [InlineData("@{ a = { script } }", "body.a: a System.Management.Automation.ScriptBlock has no plain JSON form; use text, a number, an array, a hashtable or a custom object.")]
    public void What_has_no_form_in_json_is_an_error(string body, string message) =>
        Assert.Equal(("InvalidInput", message), wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body {body}"));

    [Fact]
    public void A_property_whose_script_calls_the_module_leaves_both_requests_whole()
    {
        string[] bodies =
        [
            .. wire.SendAll($$"""
                $inner = { Invoke-TruebitTask {{Wire.Task}} -Path /inner -Method POST -Body @{ i = 1 } | Out-Null; 'o' }
                $body = [pscustomobject]@{ a = 1 }
                $body.PSObject.Properties.Add([psscriptproperty]::new('b', $inner))
                Invoke-TruebitTask {{Wire.Task}} -Path /outer -Method POST -Body $body
                """).Select(static call => call.Raw("body")),
        ];

        Assert.Equal(["""{"i":1}""", """{"a":1,"b":"o"}"""], bodies);
    }
}
