namespace Truebit.Completion;

/// <summary>Tables for -Fault, with one fault each.</summary>
internal sealed class FaultCompleter : Completer
{
    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request) =>
        FaultTable.Names.Select(static name => new Suggestion($"@{{ {name} = {FaultTable.Example(name)} }}", name, IsCode: true));
}
