using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Sharding;

public sealed class ShardTests(Wire wire) : IClassFixture<Wire>
{
    private const int Rows = 200;
    private const string Numbered = "ForEach-Object { @{ Path = \"/$_\"; Order = \"A-$_\" } }";

    [Theory]
    [InlineData("")]
    [InlineData("-Key Order")]
    public void Each_row_is_in_one_shard(string key)
    {
        string[][] shards = [.. Enumerable.Range(1, 4).Select(number => Paths($"1..{Rows} | {Numbered} | Invoke-TruebitTask {Wire.Task} -Method GET {key} -Shard {number}/4"))];

        Assert.Equal(Rows, shards.Sum(static shard => shard.Length));
        Assert.Equal(Rows, shards.SelectMany(static shard => shard).Distinct().Count());
        Assert.All(shards, static shard => Assert.InRange(shard.Length, Rows / 8, Rows / 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Key Order")]
    public void The_order_of_the_rows_and_the_culture_play_no_part(string key)
    {
        string invoke = $"{Numbered} | Invoke-TruebitTask {Wire.Task} -Method GET {key} -Shard";

        string[] forwards = Paths($"1..{Rows} | {invoke} 2/3");
        string[] backwards = Paths($"[cultureinfo]::CurrentCulture = 'ar-SA'; {Rows}..1 | {invoke} 2/3; [cultureinfo]::CurrentCulture = ''");

        Assert.Equal(forwards.Order(StringComparer.Ordinal), backwards.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Identical_rows_are_spread_and_all_of_them_are_sent()
    {
        int[] sent = [.. Enumerable.Range(1, 2).Select(number =>
            wire.SendAll($"1..40 | ForEach-Object {{ @{{ Path = '/same' }} }} | Invoke-TruebitTask {Wire.Task} -Method GET -Shard {number}/2").Count)];

        Assert.Equal(40, sent.Sum());
        Assert.All(sent, static count => Assert.InRange(count, 5, 35));
    }

    [Theory]
    [InlineData("@{ Path = '/{missing}'; Order = 'A-1' }", "")]
    [InlineData("@{ Path = '/{missing}'; Order = 'A-1' }", "-Key Order")]
    [InlineData("@{ Path = '/1'; Order = '' }", "-Key Order")]
    [InlineData("$null", "-Key Order")]
    [InlineData("@{ Path = '/1'; Order = 'A-1' }, @{ Path = '/2'; Order = 'A-1' }", "-Key Order")]
    public void A_row_that_cannot_be_sent_is_reported_by_one_shard(string rows, string key)
    {
        string[] errors = [.. Enumerable.Range(1, 5).SelectMany(number =>
            wire.Engine.Run($"{rows} | Invoke-TruebitTask {Wire.Task} -Method GET {key} -Shard {number}/5").ErrorIds)];

        Assert.Equal(["InvalidInput"], errors);
    }

    [Fact]
    public void The_summary_counts_the_rows_of_other_shards_apart()
    {
        int sent = wire.SendAll($"1..50 | {Numbered} | Invoke-TruebitTask {Wire.Task} -Method GET -Key Order -Shard 1/5").Count;

        Assert.StartsWith(
            $"Invoke-TruebitTask: 50 rows: {sent} Success, {50 - sent} in other shards; {sent} submitted, in ",
            Assert.Single(wire.Last.Information), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0/8")]
    [InlineData("9/8")]
    [InlineData("1/0")]
    [InlineData("-1/8")]
    [InlineData("8")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    [InlineData(" 1/2")]
    [InlineData("1/99999999999")]
    public void What_is_no_shard_is_refused(string shard)
    {
        (_, string message) = wire.Refuse($"@{{ Path = '/1' }} | Invoke-TruebitTask {Wire.Task} -Method GET -Shard '{shard}'");

        Assert.Contains($"'{shard}' is not a shard. Give i/N, such as 2/8, with i from 1 to N.", message, StringComparison.Ordinal);
    }

    private string[] Paths(string script) => [.. wire.SendAll(script).Select(static call => call.Input.GetProperty("path").GetString()!)];
}
