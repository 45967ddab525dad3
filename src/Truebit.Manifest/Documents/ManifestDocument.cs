using System.Text.RegularExpressions;

namespace Truebit.Manifest.Documents;

/// <summary>The manifest's JSON, with the references inside it followed. No part of it is looked at before it is asked for.</summary>
internal sealed class ManifestDocument
{
    private static readonly Regex Known = new(@"\A3\.([0-2])(\.|\z)", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, Dictionary<string, Part>> _steps = new(StringComparer.Ordinal);

    private ManifestDocument(Part root, bool isOld)
    {
        Root = root;
        IsOld = isOld;
    }

    public Part Root { get; }

    /// <summary>Whether schemas are those of OpenAPI 3.0, and not JSON Schema 2020-12.</summary>
    public bool IsOld { get; }

    /// <summary>Reads a document of OpenAPI 3.0, 3.1 or 3.2, in JSON or YAML.</summary>
    /// <param name="content">UTF-8, or UTF-16 or UTF-32 with a byte order mark.</param>
    /// <exception cref="ManifestException">It is no such document. The message is the end of a sentence that begins with its name.</exception>
    public static ManifestDocument Read(byte[] content)
    {
        Part root = new(ManifestText.Parse(content), "#");
        string? version = root.Member("openapi") is Part named ? named.Text ?? named.Value.ToString() : null;
        return version is not null && Known.Match(version) is { Success: true } match ? new ManifestDocument(root, isOld: match.Groups[1].Value == "0")
            : version is not null ? throw new ManifestException($"is of OpenAPI {Schemas.JsonValue.Cut(version)}; this module reads OpenAPI 3.0, 3.1 and 3.2.")
            : root.Member("swagger") is not null ? throw new ManifestException("is of Swagger 2.0; a task's manifest is OpenAPI 3.")
            : throw new ManifestException("is not an OpenAPI document: it names no version of OpenAPI.");
    }

    /// <summary>The part itself, or what it refers to.</summary>
    /// <exception cref="ManifestException">The reference leads out of the manifest, to nothing or to itself.</exception>
    public Part Follow(Part part)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (part.Member("$ref") is Part reference)
        {
            string target = reference.Text ?? throw new ManifestException($"the reference at {part.Pointer} is not a text.");
            part = seen.Add(target) ? Target(target) : throw new ManifestException($"the reference '{target}' leads to itself.");
        }

        return part;
    }

    /// <summary>What a reference names (RFC 6901, 6).</summary>
    /// <exception cref="ManifestException">It leads out of the manifest or to nothing.</exception>
    public Part Target(string reference)
    {
        if (reference is not (['#'] or ['#', '/', ..]))
        {
            throw new ManifestException(reference is ['#', ..]
                ? $"the reference '{reference}' names an anchor; only paths such as '#/components/schemas/Order' are followed."
                : $"the reference '{reference}' leads out of the manifest; only references inside it are followed.");
        }

        Part part = Root;
        foreach (string token in reference.Split('/').Skip(1))
        {
            part = Steps(part).TryGetValue(Uri.UnescapeDataString(token).Replace("~1", "/").Replace("~0", "~"), out Part next)
                ? next
                : throw new ManifestException($"the reference '{reference}' leads to nothing.");
        }

        return part;
    }

    /// <summary>The members or items of a part by their names: to look each up in the text would take ever longer in large parts.</summary>
    private Dictionary<string, Part> Steps(Part part)
    {
        lock (_steps)
        {
            if (!_steps.TryGetValue(part.Pointer, out Dictionary<string, Part>? steps))
            {
                steps = new Dictionary<string, Part>(StringComparer.Ordinal);
                foreach (Part step in part.Members().Select(static member => member.Value).Concat(part.Items()))
                {
                    // Of two members of one name the last counts, as it does for JSON's readers.
                    steps[step.Pointer.Substring(part.Pointer.Length + 1).Replace("~1", "/").Replace("~0", "~")] = step;
                }

                _steps.Add(part.Pointer, steps);
            }

            return steps;
        }
    }
}
