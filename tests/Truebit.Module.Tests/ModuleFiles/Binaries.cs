using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Truebit.Module.Tests.ModuleFiles;

/// <summary>The assemblies of the built module, read without loading them.</summary>
internal static class Binaries
{
    public static string Folder(string edition) => Path.Combine(Repository.ModuleFolder, "bin", edition);

    public static string[] Files(string edition) => Directory.GetFiles(Folder(edition), "*.dll");

    public static AssemblyName Name(string file) => Read(file, static metadata => metadata.GetAssemblyDefinition().GetAssemblyName());

    public static AssemblyName[] References(string file) => Read(
        file,
        static metadata => metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName()).ToArray());

    private static T Read<T>(string file, Func<MetadataReader, T> read)
    {
        using PEReader image = new(File.OpenRead(file));
        return read(image.GetMetadataReader());
    }
}
