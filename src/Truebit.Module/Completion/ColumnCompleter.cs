using System.Management.Automation.Language;

namespace Truebit.Completion;

/// <summary>The columns of the rows that are piped to the command, if those are a variable or come from Import-Csv.</summary>
internal sealed class ColumnCompleter : Completer
{
    // Of a file only the first row is read. A variable has its rows already.
    private const string OfFile = "Import-Csv -Path $args[0] -Delimiter $args[1] | Select-Object -First 1 | ForEach-Object { $_.psobject.Properties.Name }";
    private const string OfVariable =
        "@(Get-Variable -Name $args[0] -ValueOnly)[0] | ForEach-Object { if ($_ -is [System.Collections.IDictionary]) { $_.Keys } else { $_.psobject.Properties.Name } }";

    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request) => Columns(request.Ast).Select(static column => new Suggestion(column));

    private static IEnumerable<string> Columns(CommandAst command) => command.Parent is not PipelineAst pipeline
        ? []
        : pipeline.PipelineElements[0] switch
        {
            CommandExpressionAst { Expression: VariableExpressionAst variable } => Names(OfVariable, variable.VariablePath.UserPath),
            CommandAst source when source.GetCommandName() is "Import-Csv" or "ipcsv" && Bind(source) is (string path, string delimiter) => Names(OfFile, path, delimiter),
            _ => [],
        };

    private static IEnumerable<string> Names(string script, params object?[] arguments) => Run(script, arguments).Select(static name => name.ToString());

    /// <summary>The path and the delimiter, if both are written out.</summary>
    private static (string Path, string Delimiter)? Bind(CommandAst command)
    {
        StaticBindingResult bound = StaticParameterBinder.BindCommand(command);
        return Constant(bound, "Path") is string path ? (path, Constant(bound, "Delimiter") ?? ",") : null;
    }

    private static string? Constant(StaticBindingResult bound, string parameter) =>
        bound.BoundParameters.TryGetValue(parameter, out ParameterBindingResult? value) ? value.ConstantValue?.ToString() : null;
}
