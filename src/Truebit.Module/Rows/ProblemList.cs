using System.Collections.ObjectModel;

namespace Truebit;

/// <summary>The problems of a row; as text, which is what Export-Csv writes, all of them.</summary>
internal sealed class ProblemList(IReadOnlyList<TruebitTaskProblem> problems) : ReadOnlyCollection<TruebitTaskProblem>([.. problems])
{
    public override string ToString() => string.Join("; ", this);
}
