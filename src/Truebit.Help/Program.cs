using System.Text;
using System.Xml;

namespace Truebit.Help;

/// <summary>
/// Makes what Get-Help reads of the pages in docs/: cmdlets/*.md become one MAML file, about/*.md text files. The build
/// runs it (Truebit.Module.csproj, AssembleModule).
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not [string docs, string output])
        {
            Console.Error.WriteLine("Truebit.Help DOCS OUTPUT");
            return 2;
        }

        docs = Path.GetFullPath(docs);
        List<CmdletPage> cmdlets = [];
        Dictionary<string, string> texts = [];
        bool isValid = Read(Path.Combine(docs, "cmdlets"), file => cmdlets.Add(CmdletPage.Read(file)));
        isValid &= Read(Path.Combine(docs, "about"), file => texts.Add(Path.GetFileNameWithoutExtension(file), PlainText.About(Page.Read(file))));
        if (!isValid)
        {
            return 1;
        }

        Directory.CreateDirectory(output);
        foreach (IGrouping<string, CmdletPage> pages in cmdlets.GroupBy(static page => page.HelpFile))
        {
            // The same bytes on every system: packages are built reproducibly.
            using XmlWriter writer = XmlWriter.Create(
                Path.Combine(output, pages.Key), new XmlWriterSettings { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None });
            Maml.Write(pages).Save(writer);
        }

        foreach ((string name, string text) in texts)
        {
            File.WriteAllText(Path.Combine(output, name + ".help.txt"), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        return 0;
    }

    /// <summary>Reads all pages of a folder, and tells of every one that breaks its schema.</summary>
    private static bool Read(string folder, Action<string> read)
    {
        bool isValid = true;
        foreach (string file in Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            try
            {
                read(file);
            }
            catch (PageException e)
            {
                Console.Error.WriteLine(e.Message);
                isValid = false;
            }
        }

        return isValid;
    }
}
