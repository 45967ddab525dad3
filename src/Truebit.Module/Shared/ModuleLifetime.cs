using System.Management.Automation;
using Truebit.Session;

namespace Truebit;

/// <summary>Called by the engine when it imports the module, and when it removes it from a runspace.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    /// <remarks>Once in a process or, if runspaces import the module at the same time, a few times.</remarks>
    public void OnImport() => ModuleAssemblies.Register();

    /// <inheritdoc/>
    /// <remarks>Frees what the runspace holds.</remarks>
    public void OnRemove(PSModuleInfo psModuleInfo) => ModuleState.Current.StopSandboxes();
}
