namespace Truebit.Packaging;

/// <summary>
/// Makes the packages of the built module: NAME.VERSION.nupkg for the PowerShell Gallery, and NAME.zip for Azure Automation. The
/// same module gives the same bytes. Usage: build.ps1 -Task Package.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not [string module, string changelog, string output])
        {
            Console.Error.WriteLine("Truebit.Packaging MODULE CHANGELOG OUTPUT");
            return 2;
        }

        try
        {
            ModuleFolder folder = ModuleFolder.Read(module);
            string notes = Changelog.NotesOf(changelog, folder.Manifest.Version);
            Directory.CreateDirectory(output);
            Console.WriteLine(GalleryPackage.Write(folder, notes, output));
            Console.WriteLine(AutomationPackage.Write(folder, output));
            return 0;
        }
        catch (PackagingException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}

/// <summary>What keeps a package from being made, in words for whoever builds it.</summary>
internal sealed class PackagingException(string message) : Exception(message);
