using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Invoking;

public sealed class WhatIfTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public void WhatIf_names_every_task_and_sends_nothing()
    {
        _wire.Csv("Namespace,TaskName,Method,Path,params.id", "n,pets,GET,/store/{id},1", "n,pets,delete,/store/{id},2");

        Assert.Empty(_wire.SendAll("Import-Csv $csv | Invoke-TruebitTask -WhatIf"));

        Assert.Empty(_wire.Last.Output);
        Assert.Equal(
            """
            Columns used: Namespace, TaskName, Method, Path, params.id.
            What if: Performing the operation "Execute API task" on target "row 1: n/pets GET /store/{id} (139 bytes)".
            What if: Performing the operation "Execute API task" on target "row 2: n/pets DELETE /store/{id} (142 bytes)".
            What if: rows that would be sent: 2, with requests of about 281 bytes.

            """.ReplaceLineEndings("\n"),
            _wire.Engine.Host.Screen.Text);
    }

    [Theory]
    [InlineData("-Path '/a?token={t}&fixed=hidden' -Params @{ t = 'hidden' } -Method GET", "n/t GET /a")]
    [InlineData("-Url 'https://api.test/v1?key=hidden' -Method GET", "n/t GET https://api.test/v1")]
    [InlineData("-Url 'https://api.test/v1#token=hidden' -Method GET", "n/t GET https://api.test/v1")]
    [InlineData("-Url 'https://user:hidden@api.test/v1?key=hidden' -Method GET", "n/t GET https://api.test/v1")]
    [InlineData("-InputObject @{ url = 'https://api.test/v1?key=hidden'; method = 'GET'; body = 'hidden' }", "n/t GET https://api.test/v1")]
    [InlineData("-InputObject @{ data = 'hidden' }", "n/t")]
    [InlineData("-Path /a -Method POST -Body @{ a = 'hidden' } -Headers (New-TruebitHeaderSet -BearerToken hidden)", "n/t POST /a")]
    public void Nothing_secret_is_in_the_name(string parameters, string target)
    {
        _wire.SendAll($"Invoke-TruebitTask {Wire.Task} {parameters} -WhatIf -Verbose");

        Assert.Matches($"What if: Performing the operation \"Execute API task\" on target \"{System.Text.RegularExpressions.Regex.Escape(target)} \\([0-9]+ bytes\\)\"\\.\n$", _wire.Engine.Host.Screen.Text);
        Assert.DoesNotContain("hidden", _wire.Engine.Host.Screen.Text);
    }

    [Fact]
    public void WhatIf_finds_the_rows_that_cannot_be_sent()
    {
        _wire.Csv("Path,body.n:integer", "/a,1", "/b,two");

        Assert.Equal(("InvalidInput", "Row 2: body.n: 'two' is not an integer."), _wire.Refuse($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method POST -WhatIf"));
    }

    [Fact]
    public void Confirm_asks_and_no_sends_nothing()
    {
        _wire.Engine.Host.Screen.Choice = 2;

        Assert.Empty(_wire.SendAll($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -Confirm"));

        Assert.Contains("Performing the operation \"Execute API task\" on target \"n/t GET /p\".", Assert.Single(_wire.Engine.Host.Screen.Questions));
    }

    [Fact]
    public void Confirm_asks_and_yes_to_all_sends_all()
    {
        _wire.Engine.Host.Screen.Choice = 1;

        Assert.Equal(3, _wire.SendAll($"@{{ Path = '/a' }}, @{{ Path = '/b' }}, @{{ Path = '/c' }} | Invoke-TruebitTask {Wire.Task} -Method GET -Confirm").Count);

        Assert.Single(_wire.Engine.Host.Screen.Questions);
    }

    [Fact]
    public void Without_Confirm_nobody_is_asked()
    {
        _wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET");

        Assert.Empty(_wire.Engine.Host.Screen.Questions);
    }
}
