using System.Reflection;
#if !NETFRAMEWORK
using System.Runtime.Loader;
#endif

namespace Truebit;

/// <summary>
/// Finds the assemblies that lie beside this one. It answers for the module's own only, and stays when the module is removed, because
/// its assemblies and objects stay, too.
/// </summary>
internal static class ModuleAssemblies
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location)!;

#if NETFRAMEWORK
    static ModuleAssemblies() => AppDomain.CurrentDomain.AssemblyResolve += ResolveOwn;
#else
    private static readonly AssemblyLoadContext Private = new PrivateLoadContext();

    static ModuleAssemblies() => AssemblyLoadContext.Default.Resolving += ResolvePrivate;
#endif

    /// <summary>Begins to answer. Once in a process, however often it is called.</summary>
    public static void Register()
    {
        // The static constructor does it.
    }

#if NETFRAMEWORK
    /// <summary>
    /// Windows PowerShell has no binding redirects for modules. This answers for requesters of the module's own folder
    /// only: a handler that answers for others is how modules break each other.
    /// </summary>
    private static Assembly? ResolveOwn(object sender, ResolveEventArgs args)
    {
        AssemblyName wanted = new(args.Name);
        if (wanted.Version is null || args.RequestingAssembly is null || Path.GetDirectoryName(args.RequestingAssembly.Location) != Folder)
        {
            return null;
        }

        // Either the neighbour of that name, or the framework's own assembly, which is asked for without a version.
        string neighbour = Path.Combine(Folder, wanted.Name + ".dll");
        return File.Exists(neighbour) ? Assembly.LoadFrom(neighbour) : Assembly.Load(new AssemblyName(wanted.Name));
    }
#else
    /// <summary>
    /// What uses packages is loaded into a context of its own, with these packages, which so never meet those of another module.
    /// This assembly, the client and the sandbox use none and are where the engine loads modules.
    /// </summary>
    private static Assembly? ResolvePrivate(AssemblyLoadContext context, AssemblyName wanted) =>
        wanted.Name is "Truebit.Proof" or "Truebit.Manifest" ? Private.LoadFromAssemblyName(wanted) : null;

    private sealed class PrivateLoadContext() : AssemblyLoadContext("Truebit")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string neighbour = Path.Combine(Folder, assemblyName.Name + ".dll");
            return File.Exists(neighbour) ? LoadFromAssemblyPath(neighbour) : null;
        }
    }
#endif
}
