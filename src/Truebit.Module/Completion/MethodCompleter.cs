namespace Truebit.Completion;

/// <summary>The methods in the hub's examples (truebit-api.md 3.1); others are allowed.</summary>
internal sealed class MethodCompleter : Completer
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request) => Methods.Select(static method => new Suggestion(method));
}
