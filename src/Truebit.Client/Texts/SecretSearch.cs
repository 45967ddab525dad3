namespace Truebit.Client;

/// <summary>Finds secrets in a text: as it stands, and in what its escapes stand for.</summary>
internal sealed class SecretSearch(SecretSpelling[] spellings)
{
    /// <summary>How often escapes may be escaped, such as JSON within JSON within an address.</summary>
    private const int MaxDepth = 3;

    /// <summary>In a longer text only its own escapes are read: each depth takes another pass over it.</summary>
    private const int MaxDeepLength = 65_536;

    private readonly List<(int Start, int End)> _found = [];

    /// <summary>Where secrets stand in the text, in order and apart from each other.</summary>
    public List<(int Start, int End)> Find(string text)
    {
        if (spellings.Length > 0)
        {
            Search(new DecodedText(text), text.Length > MaxDeepLength ? 1 : MaxDepth);
        }

        return Merge();
    }

    /// <summary>Whether there is certainly no secret in the texts of this JSON. Most answers have none, and this is quicker than to read them.</summary>
    public bool IsFree(string json)
    {
        // One depth more than within a text: that of the JSON itself.
        return spellings.Length == 0 || (json.Length <= MaxDeepLength && IsFree(json, MaxDepth + 1));
    }

    private bool IsFree(string text, int depth)
    {
        string dense = DecodedText.WithoutBlanks(text);
        bool isFree = !Array.Exists(spellings, spelling => spelling.IndexIn(dense, 0) >= 0);
        for (Escape kind = Escape.Json; kind <= Escape.Html && depth > 0 && isFree; kind++)
        {
            isFree = DecodedText.Decode(text, kind) is not string decoded || IsFree(decoded, depth - 1);
        }

        return isFree;
    }

    private void Search(DecodedText text, int depth)
    {
        Match(text);
        for (Escape kind = Escape.Json; kind <= Escape.Html && depth > 0; kind++)
        {
            if (text.Decode(kind) is DecodedText decoded)
            {
                Search(decoded, depth - 1);
            }
        }
    }

    private void Match(DecodedText text)
    {
        DecodedText dense = text.WithoutBlanks();
        foreach (SecretSpelling spelling in spellings)
        {
            for (int at = 0; (at = spelling.IndexIn(dense.Text, at)) >= 0; at++)
            {
                if (spelling.AllowsBlanks || !dense.HasBlank(at, spelling.Text.Length))
                {
                    _found.Add(dense.Source(at, spelling.Text.Length));
                }
            }
        }
    }

    private List<(int Start, int End)> Merge()
    {
        _found.Sort();
        List<(int Start, int End)> apart = [];
        foreach ((int start, int end) in _found)
        {
            if (apart.Count > 0 && start <= apart[apart.Count - 1].End)
            {
                (int first, int last) = apart[apart.Count - 1];
                apart[apart.Count - 1] = (first, Math.Max(last, end));
            }
            else
            {
                apart.Add((start, end));
            }
        }

        return apart;
    }
}
