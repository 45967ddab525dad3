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
            StringComparison comparison = spelling.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            for (int at = 0; (at = dense.Text.IndexOf(spelling.Text, at, comparison)) >= 0; at++)
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
