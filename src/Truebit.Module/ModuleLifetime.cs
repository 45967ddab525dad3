using System.Management.Automation;
using System.Reflection;

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

    /// <summary>Called after the cmdlets are imported. In C#, because each call of a script is compiled when it first runs.</summary>
    /// <param name="module">The module that the user has imported.</param>
    /// <param name="inner">This assembly as a module of its own, nested in <paramref name="module"/>.</param>
    /// <param name="onRemove">Calls <see cref="OnRemove"/>.</param>
    public static void OnImported(PSModuleInfo module, PSModuleInfo inner, ScriptBlock onRemove)
    {
        module.OnRemove = onRemove;

        // An assembly that was imported before is taken from a cache, and its cmdlets do not reach the module
        // (PowerShell issue 20710).
        Dictionary<string, CmdletInfo> exported = module.ExportedCmdlets;
        MethodInfo add = typeof(PSModuleInfo).GetMethod("AddExportedCmdlet", BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (CmdletInfo cmdlet in inner.ExportedCmdlets.Values.Where(cmdlet => !exported.ContainsKey(cmdlet.Name)))
        {
            add.Invoke(module, [cmdlet]);
        }
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
