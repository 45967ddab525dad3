using System.Globalization;

namespace Truebit.Completion;

/// <summary>Parts, i/N: of two, four and eight, or the others beside the number that was typed.</summary>
internal sealed class ShardCompleter : Completer
{
    private static readonly int[] Counts = [2, 4, 8, 16, 32];

    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request)
    {
        bool isNumber = int.TryParse(request.Word.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return Counts.Where(count => count >= number).Select(count => new Suggestion($"{(isNumber ? number : 1)}/{count}"));
    }
}
