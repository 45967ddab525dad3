namespace Truebit.Client.Tests.Journals;

public sealed class ShardTests
{
    /// <summary>Written down once: a version of the module that sorts rows in another way would pay for them again.</summary>
    [Fact]
    public void ARowsShardIsTheSameForEver() =>
        Assert.Equal("5 3 5 4 2 6 3 2 5 1 1 8 2 2 7 4", string.Join(" ", Enumerable.Range(1, 16).Select(static n => Number(RowIdentity.OfKey($"order-{n}"), 8))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void ShardsAreDisjointWholeAndAboutEqual(int count)
    {
        const int Rows = 6400;
        int[] sizes = new int[count];
        foreach (int n in Enumerable.Range(1, Rows))
        {
            sizes[Number(RowIdentity.OfKey($"{n}"), count) - 1]++;
        }

        Assert.All(sizes, size => Assert.InRange(size, Rows / count / 2, Rows / count * 2));
    }

    [Fact]
    public void APlaceIsInOneShard() => Assert.All(
        Enumerable.Range(1, 20), static n => Assert.Single(Enumerable.Range(1, 3), number => Shard.Parse($"{number}/3").HasPlace(n)));

    private static int Number(RowIdentity row, int count) =>
        Assert.Single(Enumerable.Range(1, count), number => Shard.Parse($"{number}/{count}").Has(row));
}
