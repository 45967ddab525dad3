using System.Collections.ObjectModel;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Invoke;

/// <summary>The script block of -Checkpoint. It has succeeded only if nothing in it has failed. Pipeline thread only.</summary>
internal sealed class CheckpointScript(ScriptBlock script)
{
    /// <summary>
    /// Runs the script and gives the errors that have ended it or were written in it, followed by the exit code of its last program. The
    /// preferences below reach the script itself, but not the functions of script modules that it calls: they go on after an error, and
    /// only its record tells of it.
    /// </summary>
    private readonly ScriptBlock _watch = ScriptBlock.Create("""
        param($script, $variables)
        $global:LASTEXITCODE = 0
        & { $null = $script.InvokeWithContext($null, $variables, $null) } 2>&1
        $global:LASTEXITCODE
        """);

    /// <summary>Runs the script with the path of a copy.</summary>
    /// <returns>What failed; null if nothing did.</returns>
    public string? Run(string copy)
    {
        PSVariable[] variables =
        [
            new("_", copy),
            new("ErrorActionPreference", ActionPreference.Stop),

            // From PowerShell 7.4 on, a program that fails is an error.
            new("PSNativeCommandUseErrorActionPreference", true),
        ];
        try
        {
            Collection<PSObject> output = _watch.Invoke(script, variables.ToList());
            ErrorRecord? error = output.Select(static item => item.BaseObject).OfType<ErrorRecord>().FirstOrDefault(static record => !IsProgramOutput(record));
            return error is not null ? Message(error.Exception)
                : output.Last().BaseObject is int code and not 0 ? $"its last program ended with exit code {code}"
                : null;
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            return Message(e);
        }
    }

    /// <summary>Whether the record is a line that a program wrote to its standard error; many write their progress there.</summary>
    private static bool IsProgramOutput(ErrorRecord record) =>
        record.FullyQualifiedErrorId.StartsWith("NativeCommandError", StringComparison.Ordinal);

    /// <summary>The script's own words, without those of the calls that they came through.</summary>
    private static string Message(Exception error) => error switch
    {
        MethodInvocationException { InnerException: RuntimeException inner } => Message(inner),
        ActionPreferenceStopException { ErrorRecord: ErrorRecord record } when record.Exception != error => Message(record.Exception),
        _ => TextGate.Plain.Line(error.Message),
    };
}
