using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Rows;

/// <summary>Values that are not what they look like: sent as what they mean, or refused.</summary>
public sealed class ValueTests(Wire wire) : IClassFixture<Wire>
{
    [Theory]
    [InlineData("[Newtonsoft.Json.Linq.JObject]::Parse('{\"id\":7}')")]
    [InlineData("[Newtonsoft.Json.Linq.JArray]::Parse('[7]')")]
    [InlineData("@{ v = [xml]'<a>b</a>' }")]
    [InlineData("([xml]'<a><b/></a>').a")]
    [InlineData("([xml]'<a><b/></a>').SelectNodes('//b')")]
    [InlineData("& { $c = [System.Collections.Specialized.NameValueCollection]::new(); $c.Add('a', '1'); , $c }")]
    [InlineData("@{ d = [dateonly]::new(2024, 7, 1) }")]
    [InlineData("@{ s = { script } }")]
    public void What_would_lose_its_names_is_refused(string body) =>
        Assert.Contains("has no plain JSON form", wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Body ({body})").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("@(1, 2)", "[1,2]")]
    [InlineData("[System.Collections.Generic.HashSet[int]]@(1, 2)", "[1,2]")]
    [InlineData("[System.Collections.Generic.Queue[int]]@(1, 2)", "[1,2]")]
    [InlineData("[System.Collections.ArrayList]@(1, 2)", "[1,2]")]
    [InlineData("[System.Linq.Enumerable]::Range(1, 2)", "[1,2]")]
    [InlineData("& { $d = New-Object 'System.Collections.Generic.Dictionary[[String],[String]]'; $d.Add('a', 'b'); $d }", "{\"a\":\"b\"}")]
    [InlineData("& { $d = New-Object 'System.Collections.Generic.SortedDictionary[string,object]'; $d.Add('a', 1); $d }", "{\"a\":1}")]
    public void Lists_and_dictionaries_of_all_kinds_are_sent(string body, string json) =>
        Assert.Equal(json, wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Body ({body})").Raw("body"));

    [Fact]
    public void Members_that_PowerShell_adds_to_objects_of_jobs_are_not_sent()
    {
        wire.Engine.Ok("$o = [pscustomobject]@{ id = 7; PSComputerName = 'pc'; RunspaceId = [guid]::NewGuid(); PSShowComputerName = $true; PSSourceJobInstanceId = 1 }");

        Assert.Equal("{\"id\":7}", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Body $o").Raw("body"));
        Assert.Equal("{\"id\":\"7\"}", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Headers $o").Raw("headers"));
        Assert.Equal("{\"id\":7}", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path '/{{id}}' -Method POST -Params $o").Raw("params"));
    }

    [Theory]
    [InlineData("@{ v = [bigint]'123456789012345678901' }", "{\"v\":123456789012345678901}")]
    [InlineData("@{ v = [DayOfWeek]::Monday }", "{\"v\":\"Monday\"}")]
    [InlineData("[pscustomobject]@{ v = 1 }", "{\"v\":1}")]
    [InlineData("@{ v = Get-Item $PSHOME | Select-Object PSIsContainer }", "{\"v\":{\"PSIsContainer\":true}}")]
    public void Deserialized_values_are_what_they_were(string value, string json)
    {
        wire.Engine.Ok($"$live = {value}; $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($live, 5))");

        Assert.Equal(json, wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Body $live").Raw("body"));
        Assert.Equal(json, wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Body $back").Raw("body"));
    }

    [Fact]
    public void What_was_refused_live_is_refused_deserialized()
    {
        wire.Engine.Ok("$back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@{ v = [dateonly]::new(2024, 7, 1) }))");

        Assert.Contains("came from a job or a file has no plain JSON form", wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Body $back").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Body @{ note = \"cut `u{d83d}\" }", "body.note")]
    [InlineData("-Body @{ \"cut `u{d83d}\" = 1 }", "body")]
    public void Half_a_character_is_refused(string body, string field) =>
        Assert.Equal($"{field}: the text was cut inside a character, at position 5.", wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST {body}").Message);

    [Fact]
    public void Half_a_character_in_a_json_cell_is_that_rows_error()
    {
        wire.Csv("Path,body.note:json", "/a,1", "/b,\"\"\"cut \\ud83d\"\"\"", "/c,3");
        EngineRun run = wire.Engine.Run($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method POST");

        Assert.Equal(2, run.Output.Count);
        Assert.StartsWith("Row 2: ", run.OnlyError.Message, StringComparison.Ordinal);
        Assert.Equal("InvalidInput", run.OnlyError.Id);
    }

    [Fact]
    public void Half_a_character_in_a_functions_text_is_refused() =>
        Assert.Equal("InvalidInput", wire.Refuse($"Invoke-TruebitFunction {Wire.Task} -Text \"cut `u{{d83d}}\"").Id);

    [Theory]
    [InlineData("[double]7", "7")]
    [InlineData("[decimal]7", "7")]
    [InlineData("[decimal]7.00", "7")]
    [InlineData("(1..3 | Measure-Object -Sum).Sum", "6")]
    [InlineData("[math]::Floor(7.9)", "7")]
    [InlineData("[float]7", "7")]
    public void Whole_numbers_of_spreadsheets_and_databases_are_integers(string value, string json)
    {
        wire.Engine.Ok($"$row = [pscustomobject]@{{ Namespace = 'n'; TaskName = 't'; Method = 'POST'; Path = '/p'; 'body.n:integer' = {value} }}");

        Assert.Equal($"{{\"n\":{json}}}", wire.Send("$row | Invoke-TruebitTask").Raw("body"));
    }

    [Theory]
    [InlineData("7.5")]
    [InlineData("[double]::NaN")]
    [InlineData("1e300")]
    [InlineData("[decimal]0.1")]
    public void Other_numbers_are_not(string value)
    {
        wire.Engine.Ok($"$row = [pscustomobject]@{{ Namespace = 'n'; TaskName = 't'; Method = 'POST'; Path = '/p'; 'body.n:integer' = {value} }}");

        Assert.EndsWith("is not an integer.", wire.Refuse("$row | Invoke-TruebitTask").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Xml_elements_are_rows() =>
        Assert.Equal(["/a", "/b"], wire.SendAll($"([xml]'<o><r Path=\"/a\"/><r Path=\"/b\"/></o>').o.r | Invoke-TruebitTask {Wire.Task} -Method GET -ThrottleLimit 1")
            .Select(static call => call.Input.GetProperty("path").GetString()));

    [Theory]
    [InlineData("$h = @{}; $h[1] = 'number'; $h['1'] = 'text'")]
    [InlineData("$h = @{}; $h[[DayOfWeek]::Monday] = 1; $h['Monday'] = 2")]
    public void Keys_that_are_alike_as_text_are_refused(string script)
    {
        wire.Engine.Ok(script);

        Assert.Contains("occurs twice", wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Body $h").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_time_is_sent_as_its_instant() => Assert.Equal(
        "{\"due\":\"2024-07-01T08:00:00Z\"}",
        wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /x -Method POST -Body ('{{\"due\":\"2024-07-01T10:00:00+02:00\"}}' | ConvertFrom-Json)").Raw("body"));

    [Theory]
    [InlineData("path", "Path")]
    [InlineData("method", "METHOD")]
    [InlineData("params", "Params")]
    [InlineData("body", " body")]
    [InlineData("url", "Url")]
    public void A_raw_inputs_keys_have_one_spelling(string known, string given) => Assert.Equal(
        ("InvalidInput", $"Input: the key '{given}' must be spelled '{known}'; as it is, the hub would not know it."),
        wire.Refuse($"Invoke-TruebitTask {Wire.Task} -InputObject @{{ data = 1; '{given}' = 'x' }}"));

    [Theory]
    [InlineData("@{ Path = '/b'; Body = $bad }")]
    [InlineData("@{ Path = '/b'; Headers = $bad }")]
    [InlineData("$bad | Add-Member Path '/b' -PassThru")]
    public void A_property_that_throws_is_that_rows_error(string row)
    {
        wire.Engine.Ok("$bad = [pscustomobject]@{ id = 1 } | Add-Member -MemberType ScriptProperty -Name extra -Value { throw 'the disk is full' } -PassThru");
        EngineRun run = wire.Engine.Run($"@{{ Path = '/a' }}, ({row}), @{{ Path = '/c' }} | Invoke-TruebitTask {Wire.Task} -Method POST");

        Assert.Equal(2, run.Output.Count);
        Assert.Equal("InvalidInput", run.OnlyError.Id);
        Assert.Contains("extra: the value cannot be read: ", run.OnlyError.Message, StringComparison.Ordinal);
        Assert.StartsWith("Row 2: ", run.OnlyError.Message, StringComparison.Ordinal);
    }
}
