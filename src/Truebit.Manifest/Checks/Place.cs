namespace Truebit.Manifest.Checks;

/// <summary>A place in a call: a field and what lies above it. Its name is made only when a problem asks for it.</summary>
internal sealed class Place(Place? parent, string name)
{
    /// <inheritdoc/>
    public override string ToString() => parent is null ? name : $"{parent}.{name}";
}
