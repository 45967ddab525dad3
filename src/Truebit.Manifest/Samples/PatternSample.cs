using System.Text;

namespace Truebit.Manifest.Samples;

/// <summary>Makes a text for a pattern: the first choices, and as few repetitions as possible. Whoever asks looks whether it matches.</summary>
internal sealed class PatternSample
{
    private const int LongestText = 1000;
    private const int DeepestNesting = 100;
    private const string Candidates = "a0A-_ .@/x";

    private readonly string _pattern;
    private readonly int _repetitions;
    private int _at;
    private int _depth;

    private PatternSample(string pattern, int repetitions)
    {
        _pattern = pattern;
        _repetitions = Math.Min(repetitions, LongestText);
    }

    private char Here => _at < _pattern.Length ? _pattern[_at] : '\0';

    /// <summary>The text; null where the pattern has what this does not know.</summary>
    /// <param name="pattern">A regular expression.</param>
    /// <param name="repetitions">How often to repeat what may be repeated without end, at least.</param>
    public static string? Of(string pattern, int repetitions)
    {
        PatternSample sample = new(pattern, repetitions);
        string text = sample.Choice();
        return sample._at == pattern.Length && text.Length <= LongestText ? text : null;
    }

    private string Choice()
    {
        // Deeper than this it is not read to its end, and so is not known.
        if (++_depth > DeepestNesting)
        {
            return "";
        }

        string first = Sequence();
        while (Here == '|')
        {
            _at++;
            Sequence();
        }

        _depth--;
        return first;
    }

    private string Sequence()
    {
        StringBuilder text = new();
        while (Here is not ('\0' or '|' or ')') && text.Length <= LongestText)
        {
            string piece = Piece();
            int times = Times();
            text.Insert(text.Length, piece, piece.Length == 0 ? 0 : Math.Min(times, 1 + (LongestText / piece.Length)));
        }

        return text.ToString();
    }

    private string Piece()
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case '^' or '$':
                return "";
            case '.':
                return "x";
            case '[':
                return Class();
            case '\\' when _at < _pattern.Length:
                return Escape(_pattern[_at++]) is char one ? one.ToString() : "";
            case '(':
                bool counts = true;
                if (Here == '?')
                {
                    // (?:...) and (?<name>...) are groups; what looks ahead or back takes no text.
                    char kind = _at + 1 < _pattern.Length ? _pattern[_at + 1] : '\0';
                    bool isNamed = kind == '<' && _at + 2 < _pattern.Length && _pattern[_at + 2] is not ('=' or '!');
                    int end = isNamed ? _pattern.IndexOf('>', _at) : _at + 1;
                    counts = isNamed || kind == ':';
                    _at = Math.Min(Math.Max(end, _at) + 1, _pattern.Length);
                }

                string inner = Choice();
                _at = Math.Min(_at + 1, _pattern.Length);
                return counts ? inner : "";
            default:
                return c.ToString();
        }
    }

    private int Times()
    {
        int times = Here switch { '?' => 0, '*' => _repetitions, '+' => Math.Max(1, _repetitions), _ => 1 };
        if (Here is '?' or '*' or '+')
        {
            _at++;
        }
        else if (Here == '{' && _pattern.IndexOf('}', _at) is int end and > 0
            && _pattern.Substring(_at + 1, end - _at - 1).Split(',') is string[] range && int.TryParse(range[0], out times))
        {
            int most = range.Length == 1 ? times : int.TryParse(range[1], out int limit) ? limit : LongestText;
            times = Math.Max(times, Math.Min(most, _repetitions));
            _at = end + 1;
        }
        else
        {
            return 1;
        }

        _at += Here is '?' or '+' ? 1 : 0;
        return times;
    }

    private string Class()
    {
        bool isNegated = Here == '^';
        _at += isNegated ? 1 : 0;
        char? first = null;
        int start = _at;
        while (Here != '\0' && (Here != ']' || _at == start))
        {
            char c = _pattern[_at++];
            char? found = c == '\\' && Here != '\0' ? Escape(_pattern[_at++]) : c;
            first ??= found;
        }

        string content = _pattern.Substring(start, Math.Max(0, _at - start));
        _at = Math.Min(_at + 1, _pattern.Length);
        return (isNegated ? Candidates.FirstOrDefault(candidate => content.IndexOf(candidate) < 0) : first ?? 'x').ToString();
    }

    private static char? Escape(char letter) => letter switch
    {
        'd' => '0',
        'w' or 'D' or 'S' => 'a',
        's' => ' ',
        'W' => '-',
        'b' or 'B' => null,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        _ => letter,
    };
}
