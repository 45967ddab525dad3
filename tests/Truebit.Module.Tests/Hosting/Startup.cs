using System.Runtime.CompilerServices;

namespace Truebit.Module.Tests.Hosting;

/// <summary>What has to be so before the engine is loaded, whatever the machine is like.</summary>
internal static class Startup
{
    [ModuleInitializer]
    internal static void BeforeTheEngine()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("PSModuleAnalysisCachePath", Path.Combine(Path.GetTempPath(), $"truebit-tests-{Environment.ProcessId}.cache"));

        // The developer's own key is no business of the tests.
        Environment.SetEnvironmentVariable(Surroundings.KeyVariable, null);
    }
}
