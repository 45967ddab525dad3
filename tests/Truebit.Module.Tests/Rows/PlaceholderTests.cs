using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Rows;

public sealed class PlaceholderTests(Wire wire) : IClassFixture<Wire>
{
    [Theory]
    [InlineData("-Path '/store/order/{orderId}'", "the path's placeholder '{orderId}' has no value; give it in -Params or in a column 'params.orderId'")]
    [InlineData("-Path '/{a}/{b}' -Params @{ a = 1 }", "the path's placeholder '{b}' has no value; give it in -Params or in a column 'params.b'")]
    [InlineData("-Path '/Book?ISBN={ISBN}'", "the path's placeholder '{ISBN}' has no value; give it in -Params or in a column 'params.ISBN'")]
    [InlineData("-Path '/{orderId}' -Params @{ orderid = 2 }", "the path's placeholder '{orderId}' has no value; 'orderid' differs only in case, so write 'orderId'")]
    public void A_placeholder_without_a_value_is_an_error_and_nothing_is_sent(string parameters, string message) =>
        Assert.Equal(("InvalidInput", $"Params: {message}."), wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Method GET {parameters}"));

    [Fact]
    public void An_empty_cell_is_no_value()
    {
        wire.Csv("Path,params.id", "/{id},1", "/{id},", "/{id},3");

        EngineRun run = wire.Engine.Run($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method GET");

        Assert.Equal(2, run.Output.Count);
        Assert.Equal(("InvalidInput", "Row 2: Params: the path's placeholder '{id}' has no value; give it in -Params or in a column 'params.id'."), run.OnlyError);
    }

    [Fact]
    public void A_raw_input_passes_as_it_is() =>
        wire.Send($"Invoke-TruebitTask {Wire.Task} -InputObject @{{ path = '/{{id}}'; url = 'https://api.test/'; params = @{{ more = 1 }} }}");

    [Theory]
    [InlineData("''")]
    [InlineData("'  '")]
    [InlineData("$null")]
    [InlineData("[System.DBNull]::Value")]
    public void A_placeholder_whose_value_is_empty_is_an_error(string value) => Assert.Equal(
        ("InvalidInput", "params.id: the path's placeholder '{id}' has an empty value."),
        wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Method DELETE -Path '/order/{{id}}' -Params @{{ id = {value} }}"));

    [Fact]
    public void A_blank_cell_is_an_empty_value() => Assert.Equal(
        ("InvalidInput", "Row 1: params.id: the path's placeholder '{id}' has an empty value."),
        wire.Row(("Path", "/{id}"), ("params.id", "  ")).Refuse("$row | Invoke-TruebitTask"));

    [Theory]
    [InlineData("-Params @{ page = 1 }")]
    [InlineData("-Params ([pscustomobject]@{ page = 1 })")]
    public void A_parameter_without_a_placeholder_is_an_error(string parameters) => Assert.Equal(
        ("InvalidInput", "params.page: the path has no {page}. Put query parameters into the path, as in /list?page={page}."),
        wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Method GET -Path /list {parameters}"));

    [Theory]
    [InlineData("-Path '/a?x={x}&y={y}' -Params @{ x = 1; y = 2 }")]
    [InlineData("-Path '/a{}' ")]
    public void What_has_its_values_is_sent(string parameters) => wire.Send($"Invoke-TruebitTask {Wire.Task} -Method GET {parameters}");

    [Theory]
    [InlineData("TaskName = 't'; Method = 'GET'; Path = '/p'", "Namespace: no value; give -Namespace or a column 'Namespace'.")]
    [InlineData("Namespace = 'n'; Method = 'GET'; Path = '/p'", "TaskName: no value; give -TaskName or a column 'TaskName'.")]
    [InlineData("Namespace = ''; TaskName = 't'; Method = 'GET'; Path = '/p'", "Namespace: no value; give -Namespace or a column 'Namespace'.")]
    [InlineData("Namespace = 'n'; TaskName = 't'; Method = 'GET'", "Path: no value; give -Path, -Url or -InputObject, or a column of that name.")]
    [InlineData("Namespace = 'n'; TaskName = 't'; Path = '/p'", "Method: no value; give -Method or a column 'Method'.")]
    [InlineData("Namespace = 'n'; TaskName = 't'; Method = 'GET'; Path = '/p'; Url = 'https://api.test/'", "Url: Path and Url cannot be used together.")]
    [InlineData("Namespace = @{}; TaskName = 't'; Method = 'GET'; Path = '/p'", "Namespace: a Hashtable is not text.")]
    public void A_row_that_is_no_whole_task_is_an_error(string row, string message) =>
        Assert.Contains(message, wire.Refuse($"[pscustomobject]@{{ {row} }} | Invoke-TruebitTask").Message, StringComparison.Ordinal);

    [Fact]
    public void Without_rows_an_error_has_no_row_number() =>
        Assert.Equal(
            ("InvalidInput", "Path: no value; give -Path, -Url or -InputObject, or a column of that name."),
            wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Method GET"));
}
