using System.Reflection;

namespace Truebit.Rehearsals;

/// <summary>The PowerShell that this repository pins.</summary>
internal static class Pwsh
{
    /// <summary>
    /// pwsh.dll, for dotnet to run. The tool's own launcher starts the shell as another process, so that killing the launcher would
    /// not kill the shell.
    /// </summary>
    public static string Path { get; } = typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Pwsh").Value!;
}
