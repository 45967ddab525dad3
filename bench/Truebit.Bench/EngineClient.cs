using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Truebit.Bench;

/// <summary>The module in PowerShell's engine from NuGet: the same script that pwsh runs, without a shell around it.</summary>
internal static class EngineClient
{
    /// <summary>Runs client.ps1; its last line tells of the measurement.</summary>
    public static string Run(Job job)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Windows would refuse every .ps1 and .psm1; whoever starts this program has chosen to run its script.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddCommand(ClientProcess.Script);
        foreach ((string name, object? value) in ClientProcess.Parameters(job))
        {
            shell.AddParameter(name, value);
        }

        return (string)shell.Invoke().Last().BaseObject;
    }
}
