namespace Truebit.Rows;

/// <summary>A column that a script block names.</summary>
/// <param name="Parameter">The parameter that has the script block.</param>
/// <param name="Column">The column's name after <c>$_.</c>.</param>
internal sealed record ScriptColumn(string Parameter, string Column);
