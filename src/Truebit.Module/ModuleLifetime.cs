#if NETFRAMEWORK
using System.Reflection;
#endif

namespace Truebit;

/// <summary>
/// What Truebit.psm1 does when it is imported into a runspace and removed from it. The engine's own interfaces for
/// this come too late (after it has looked at the assembly's types) and not at all when a script module is removed.
/// </summary>
public static class ModuleLifetime
{
#if NETFRAMEWORK
    private static int _imports;
#endif

    /// <summary>Called before the cmdlets are imported.</summary>
    public static void OnImport()
    {
#if NETFRAMEWORK
        if (Interlocked.Increment(ref _imports) == 1)
        {
            AppDomain.CurrentDomain.AssemblyResolve += ResolveOwn;
        }
#endif
    }

    /// <summary>Called when the module is removed: frees what its runspace holds.</summary>
    public static void OnRemove()
    {
        ModuleState.Current.StopSandboxes();
#if NETFRAMEWORK
        if (Interlocked.Decrement(ref _imports) == 0)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= ResolveOwn;
        }
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
