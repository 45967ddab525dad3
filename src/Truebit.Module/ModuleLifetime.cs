using System.Management.Automation;
using System.Management.Automation.Runspaces;
#if NETFRAMEWORK
using System.Reflection;
#endif

namespace Truebit;

/// <summary>What happens when the module is imported and removed.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
#if NETFRAMEWORK
        AppDomain.CurrentDomain.AssemblyResolve -= ResolveOwn;
        AppDomain.CurrentDomain.AssemblyResolve += ResolveOwn;
#endif
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Runspace.DefaultRunspace is not null)
        {
            ModuleState.Current.StopSandboxes();
        }

#if NETFRAMEWORK
        AppDomain.CurrentDomain.AssemblyResolve -= ResolveOwn;
#endif
    }

#if NETFRAMEWORK
    /// <summary>
    /// Windows PowerShell has no binding redirects for modules. This answers for assemblies of the module's own folder
    /// only: a handler that answers for others is how modules break each other.
    /// </summary>
    private static Assembly? ResolveOwn(object sender, ResolveEventArgs args)
    {
        AssemblyName wanted = new(args.Name);
        string folder = Path.GetDirectoryName(typeof(ModuleLifetime).Assembly.Location)!;
        if (wanted.Version is null || args.RequestingAssembly is null || Path.GetDirectoryName(args.RequestingAssembly.Location) != folder)
        {
            return null;
        }

        // Either the neighbour of that name, or the framework's own assembly, which is asked for without a version.
        string neighbour = Path.Combine(folder, wanted.Name + ".dll");
        return File.Exists(neighbour) ? Assembly.LoadFrom(neighbour) : Assembly.Load(new AssemblyName(wanted.Name));
    }
#endif
}
