using System.Reflection;
#if !NETFRAMEWORK
using System.Runtime.Loader;
#endif

namespace Truebit;

/// <summary>
/// Resolves the module's own assemblies, from the folder of this one. It stays when the module is removed, because its assemblies and
/// objects stay.
/// </summary>
internal static class ModuleAssemblies
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location)!;

#if !NETFRAMEWORK
    private static readonly AssemblyLoadContext Private = new PrivateLoadContext();
#endif
    private static int _isRegistered;

    /// <summary>Starts resolving. Further calls in the same process do nothing.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref _isRegistered, 1) == 0)
        {
#if NETFRAMEWORK
            AppDomain.CurrentDomain.AssemblyResolve += ResolveOwn;
#else
            AssemblyLoadContext.Default.Resolving += ResolvePrivate;
#endif
        }
    }

#if NETFRAMEWORK
    /// <summary>
    /// Windows PowerShell has no binding redirects for modules. This resolves only what the module's own assemblies ask for: a handler
    /// that answers others breaks their modules.
    /// </summary>
    private static Assembly? ResolveOwn(object sender, ResolveEventArgs args)
    {
        AssemblyName wanted = new(args.Name);
        if (wanted.Version is null || args.RequestingAssembly is null || Path.GetDirectoryName(args.RequestingAssembly.Location) != Folder)
        {
            return null;
        }

        // Either the file in this folder, or the framework's own assembly, which is requested without a version.
        string neighbour = Path.Combine(Folder, wanted.Name + ".dll");
        return File.Exists(neighbour) ? Assembly.LoadFrom(neighbour) : Assembly.Load(new AssemblyName(wanted.Name));
    }
#else
    /// <summary>
    /// Assemblies that use packages are loaded into a private context together with these, so that they never meet another module's.
    /// This assembly, the client and the sandbox use no packages, and are where the engine loads modules.
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
