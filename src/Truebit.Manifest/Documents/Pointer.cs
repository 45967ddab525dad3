namespace Truebit.Manifest.Documents;

/// <summary>A place in the manifest as a JSON Pointer (RFC 6901). Its text is made only where it is asked for: most places are never named.</summary>
internal sealed class Pointer
{
    private readonly Pointer? _parent;
    private readonly int _depth;

    public Pointer(Pointer? parent, string name)
    {
        _parent = parent;
        _depth = parent is null ? 0 : parent._depth + 1;
        Name = name;
    }

    /// <summary>The whole manifest.</summary>
    public static Pointer Root { get; } = new(null, "#");

    /// <summary>The last part, as the manifest writes it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string[] names = new string[_depth + 1];
        for (Pointer? place = this; place is not null; place = place._parent)
        {
            names[place._depth] = place.Name.Replace("~", "~0").Replace("/", "~1");
        }

        return string.Join("/", names);
    }
}
