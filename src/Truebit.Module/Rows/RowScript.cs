using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>A script block given for a parameter: it makes the value of each row, with <c>$_</c> as the row. Pipeline thread only.</summary>
internal static class RowScript
{
    /// <summary>Members that every object has for scripts.</summary>
    private static readonly HashSet<string> Intrinsic = new(StringComparer.OrdinalIgnoreCase) { "PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames" };

    /// <summary>The value of a parameter for this row: a script block's result, or the value itself.</summary>
    /// <exception cref="FieldException">The script block failed, or there is no row for it.</exception>
    public static object? Evaluate(object? given, PSObject? row, string field)
    {
        if (PSJson.Unwrap(given) is not ScriptBlock script)
        {
            return given;
        }

        if (row is null)
        {
            throw new FieldException(field, "a script block needs rows from the pipeline, as $_");
        }

        try
        {
            // Stop: a value that is made in spite of an error is not the one that was meant.
            Collection<PSObject> results = script.InvokeWithContext(
                null, [new PSVariable("_", row), new PSVariable("ErrorActionPreference", ActionPreference.Stop)]);
            return results.Count switch
            {
                0 => null,
                1 => results[0],
                _ => results.ToArray(),
            };
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw new FieldException(field, $"the script block failed: {(e.ErrorRecord?.Exception ?? e).Message.TrimEnd('.')}");
        }
    }

    /// <summary>The columns that a script block names as <c>$_.NAME</c>; empty for anything else.</summary>
    public static IEnumerable<string> Columns(object? given) => PSJson.Unwrap(given) is ScriptBlock script
        ? script.Ast.FindAll(static node => node is MemberExpressionAst and not InvokeMemberExpressionAst, searchNestedScriptBlocks: true)
            .Cast<MemberExpressionAst>()
            .Where(static member => member is { Static: false, Expression: VariableExpressionAst { VariablePath.UserPath: "_" or "PSItem" } })
            .Select(static member => (member.Member as StringConstantExpressionAst)?.Value)
            .OfType<string>()
            .Where(static name => !Intrinsic.Contains(name))
        : [];

    /// <summary>Whether a parameter was given as a script block.</summary>
    public static bool Is(object? given) => PSJson.Unwrap(given) is ScriptBlock;
}
