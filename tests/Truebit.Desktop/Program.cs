using System.Reflection;
using System.Runtime.CompilerServices;

namespace Truebit.Desktop;

/// <summary>
/// What Windows PowerShell does with the module, without Windows PowerShell: loads its net472 assemblies from their folder into a
/// process of .NET Framework (or Mono), with no binding redirects, and lets them work. A command is a line of JSON, and so is its
/// answer. Arguments: the folders to take assemblies from.
/// </summary>
internal static class Program
{
    private static void Main(string[] folders)
    {
        AppDomain.CurrentDomain.AssemblyResolve += (_, args) => IsOwn(args.RequestingAssembly) ? Find(folders, new AssemblyName(args.Name).Name) : null;

        // As ModuleLifetime does it, which needs the engine.
        Assembly module = Assembly.LoadFrom(Path.Combine(folders[0], "Truebit.Module.dll"));
        module.GetType("Truebit.ModuleAssemblies", throwOnError: true)!.GetMethod("Register")!.Invoke(null, null);
        Serve();
    }

    /// <summary>The module's assemblies find each other by themselves, or not at all: only this program is helped.</summary>
    private static bool IsOwn(Assembly? asking) => asking is null || asking == typeof(Program).Assembly;

    private static Assembly? Find(string[] folders, string name) =>
        folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists) is string file ? Assembly.LoadFrom(file) : null;

    /// <summary>Apart from Main, which must run before any assembly of the module is asked for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Serve()
    {
        using Driver driver = new();
        while (Console.ReadLine() is string line)
        {
            Console.WriteLine(driver.Answer(line));
        }
    }
}
