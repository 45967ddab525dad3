namespace Truebit.Manifest.Checks;

/// <summary>The members of a value that some rule was for: <c>unevaluatedItems</c> and <c>unevaluatedProperties</c> are rules for the others.</summary>
internal sealed class Evaluated
{
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public HashSet<int> Items { get; } = [];

    public void Add(Evaluated other)
    {
        Names.UnionWith(other.Names);
        Items.UnionWith(other.Items);
    }
}
