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
        Part root = new(ManifestText.Parse(content), Pointer.Root);
        string? version = root.Member("openapi") is Part named ? named.Text ?? named.Value.ToString() : null;
        return version is not null && Known.Match(version) is { Success: true } match ? new ManifestDocument(root, isOld: match.Groups[1].Value == "0")
            : version is not null ? throw new ManifestException($"is OpenAPI {Schemas.JsonValue.Cut(version)}; this module reads OpenAPI 3.0, 3.1 and 3.2.")
            : root.Member("swagger") is not null ? throw new ManifestException("is Swagger 2.0; convert it to OpenAPI 3.")
            : throw new ManifestException("is not an OpenAPI document: it names no version of OpenAPI.");
    }

    /// <summary>The part itself, or what it refers to.</summary>
    /// <exception cref="ManifestException">The reference leads out of the manifest, to nothing or to itself.</exception>
    public Part Follow(Part part) => TryFollow(ref part) is string problem ? throw new ManifestException(problem) : part;

    /// <summary>Goes on to what the part refers to, if it does.</summary>
    /// <returns>Why it cannot be followed; null where it can. A manifest may have very many of these, and exceptions take their time.</returns>
    public string? TryFollow(ref Part part)
    {
        HashSet<string>? seen = null;
        while (part.Member("$ref") is Part reference)
        {
            seen ??= new(StringComparer.Ordinal);
            if (reference.Text is string text && !seen.Add(text))
            {
                return $"the reference '{text}' leads to itself.";
            }

            if (TryTarget(reference, out part) is string problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Finds what a reference names (RFC 6901, 6).</summary>
    /// <returns>Why it cannot be followed; null where it can.</returns>
    public string? TryTarget(Part reference, out Part target)
    {
        target = Root;
        if (reference.Text is not string text)
        {
            return $"the reference at {reference.Pointer} is not text.";
        }

        if (text is not (['#'] or ['#', '/', ..]))
        {
            return text is ['#', ..]
                ? $"the reference '{text}' names an anchor; only paths such as '#/components/schemas/Order' are followed."
                : $"the reference '{text}' leads out of the manifest; only references inside it are followed.";
        }

        foreach (string token in text.Split('/').Skip(1))
        {
            if (!Steps(target).TryGetValue(Uri.UnescapeDataString(token).Replace("~1", "/").Replace("~0", "~"), out target))
            {
                return $"the reference '{text}' leads to nothing.";
            }
        }

        return null;
    }

    /// <summary>The members or items of a part by their names: to look each up in the text would take ever longer in large parts.</summary>
    private Dictionary<string, Part> Steps(Part part)
    {
        lock (_steps)
        {
            string place = part.Pointer.ToString();
            if (!_steps.TryGetValue(place, out Dictionary<string, Part>? steps))
            {
                steps = new Dictionary<string, Part>(StringComparer.Ordinal);
                foreach (Part step in part.Members().Select(static member => member.Value).Concat(part.Items()))
                {
                    // Of two members of one name the last counts, as it does for JSON's readers.
                    steps[step.Pointer.Name] = step;
                }

                _steps.Add(place, steps);
            }

            return steps;
        }
    }
}
