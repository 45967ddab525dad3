using System.Collections;
using System.Management.Automation.Language;

namespace Truebit.Packaging;

/// <summary>What the packages say of the module; all of it is the manifest's own.</summary>
internal sealed class ModuleManifest
{
    private readonly string _path;
    private readonly Hashtable _manifest;
    private readonly Hashtable _gallery;

    private ModuleManifest(string path, Hashtable manifest)
    {
        _path = path;
        _manifest = manifest;
        _gallery = (manifest["PrivateData"] as Hashtable)?["PSData"] as Hashtable ?? [];
    }

    public string Name => Path.GetFileNameWithoutExtension(_path);

    /// <summary>The version as the gallery writes it: <c>1.2.0</c> or <c>1.2.0-preview1</c>.</summary>
    public string Version => Text(_gallery, "Prerelease") is string label ? $"{Required("ModuleVersion")}-{label.TrimStart('-')}" : Required("ModuleVersion");

    public string Author => Required("Author");

    public string Description => Required("Description");

    public string Copyright => Required("Copyright");

    public Uri? LicenseUri => Link("LicenseUri");

    public Uri? ProjectUri => Link("ProjectUri");

    public Uri? IconUri => Link("IconUri");

    public IEnumerable<string> Tags => List(_gallery, "Tags");

    public IEnumerable<string> Cmdlets => List(_manifest, "CmdletsToExport");

    public static ModuleManifest Read(string path)
    {
        Ast script = Parser.ParseFile(path, out _, out ParseError[] errors);
        return errors.Length == 0 && script.Find(static ast => ast is HashtableAst, searchNestedScriptBlocks: false)?.SafeGetValue() is Hashtable manifest
            ? new ModuleManifest(path, manifest)
            : throw new PackagingException($"{path} is not a module manifest.");
    }

    private static string? Text(Hashtable table, string key) => table[key] is string { Length: > 0 } text ? text : null;

    private static IEnumerable<string> List(Hashtable table, string key) => (table[key] as IEnumerable ?? Array.Empty<string>()).Cast<string>();

    private string Required(string key) => Text(_manifest, key) ?? throw new PackagingException($"{_path} has no {key}.");

    private Uri? Link(string key) => Text(_gallery, key) is string link ? new Uri(link) : null;
}
