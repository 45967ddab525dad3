using System.Reflection;
using System.Runtime.Loader;

namespace Truebit.Loader;

/// <summary>
/// Loads the module and everything that lies beside it into a context of its own, so that its assemblies
/// never meet those of another module. Truebit.psm1 is the only caller.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly Lazy<Assembly> Module = new(static () =>
        new ModuleLoadContext().LoadFromAssemblyPath(Path.Combine(Folder, "Truebit.Module.dll")));

    private ModuleLoadContext()
        : base("Truebit")
    {
    }

    private static string Folder => Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!;

    /// <summary>The module's assembly; loaded once in a process, whatever the number of runspaces.</summary>
    public static Assembly LoadModule() => Module.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(Folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
