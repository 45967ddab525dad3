using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>
/// What identifies a row, as bytes that are the same for equal rows: each part with its length before it, so that no two lists of parts write the
/// same bytes, and JSON with the members of objects in the order of their names. A thread uses one buffer for all its rows.
/// </summary>
internal sealed class CanonicalText
{
    /// <summary>A buffer that a long row has made longer is not kept.</summary>
    private const int MaxKept = 256 * 1024;

    [ThreadStatic]
    private static CanonicalText? _idle;

    private readonly List<Member> _members = [];
    private readonly Comparer<Member> _byName;
    private byte[] _bytes = new byte[1024];
    private byte[] _sorted = [];
    private int _length;

    private CanonicalText() => _byName = Comparer<Member>.Create(Compare);

    /// <summary>The first 16 bytes of the SHA-256 of what <paramref name="write"/> writes.</summary>
    public static Guid Hash<T>(T state, Action<CanonicalText, T> write)
    {
        CanonicalText text = _idle ?? new CanonicalText();
        _idle = null;
        try
        {
            write(text, state);
            return text.Hash();
        }
        finally
        {
            text.Clear();
            _idle = text;
        }
    }

    /// <summary>Writes a part; null is another part than empty text.</summary>
    public void Write(string? part)
    {
        if (part is null)
        {
            WriteLength(-1);
            return;
        }

        int start = _length + sizeof(int);
        Reserve(sizeof(int) + Encoding.UTF8.GetMaxByteCount(part.Length));
        int count = Encoding.UTF8.GetBytes(part, 0, part.Length, _bytes, start);
        WriteLength(count);
        _length += count;
    }

    /// <inheritdoc cref="Write(string)"/>
    public void Write(ReadOnlySpan<byte> part)
    {
        WriteLength(part.Length);
        Reserve(part.Length);
        part.CopyTo(_bytes.AsSpan(_length));
        _length += part.Length;
    }

    /// <summary>Writes an object whose members are given apart: their names, and their values as JSON.</summary>
    public void WriteObject(IReadOnlyList<InputMember> members)
    {
        int first = _members.Count;
        Write("{"u8);
        foreach (InputMember member in members)
        {
            int start = BeginMember();
            Write(member.Name);
            int nameEnd = _length;
            Utf8JsonReader json = new(member.Json.Span, new JsonReaderOptions { MaxDepth = JsonLimits.MaxDepth });
            json.Read();
            WriteValue(ref json);
            _members.Add(new Member(start, nameEnd, _length));
        }

        EndObject(first);
    }

    private void WriteValue(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref json);
                break;
            case JsonTokenType.StartArray:
                Write("["u8);
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    WriteValue(ref json);
                }

                Write("]"u8);
                break;
            case JsonTokenType.String:
                Write("\""u8);
                WriteText(ref json);
                break;
            default:
                Write(json.ValueSpan);
                break;
        }
    }

    private void WriteObject(ref Utf8JsonReader json)
    {
        int first = _members.Count;
        Write("{"u8);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            int start = BeginMember();
            WriteText(ref json);
            int nameEnd = _length;
            json.Read();
            WriteValue(ref json);
            _members.Add(new Member(start, nameEnd, _length));
        }

        EndObject(first);
    }

    /// <summary>A part before each name: a member may be called as the end of an object is.</summary>
    private int BeginMember()
    {
        int start = _length;
        Write(":"u8);
        return start;
    }

    /// <summary>Brings the members that were written since into the order of their names.</summary>
    private void EndObject(int first)
    {
        int count = _members.Count - first;
        bool isSorted = true;
        for (int at = first + 1; at < _members.Count && isSorted; at++)
        {
            isSorted = Compare(_members[at - 1], _members[at]) <= 0;
        }

        if (!isSorted)
        {
            int start = _members[first].Start;
            if (_sorted.Length < _length - start)
            {
                _sorted = new byte[_bytes.Length];
            }

            _members.Sort(first, count, _byName);
            int length = 0;
            for (int at = first; at < _members.Count; at++)
            {
                Member member = _members[at];
                _bytes.AsSpan(member.Start, member.End - member.Start).CopyTo(_sorted.AsSpan(length));
                length += member.End - member.Start;
            }

            _sorted.AsSpan(0, length).CopyTo(_bytes.AsSpan(start));
        }

        _members.RemoveRange(first, count);
        Write("}"u8);
    }

    /// <summary>By their names; two of one name stay in their order.</summary>
    private int Compare(Member one, Member other) =>
        Name(one).SequenceCompareTo(Name(other)) is int order and not 0 ? order : one.Start.CompareTo(other.Start);

    /// <summary>The name, behind the two lengths and the part before it.</summary>
    private ReadOnlySpan<byte> Name(Member member)
    {
        int start = member.Start + sizeof(int) + 1 + sizeof(int);
        return _bytes.AsSpan(start, member.NameEnd - start);
    }

    /// <summary>A text or a name, without its escapes.</summary>
    private void WriteText(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            Write(json.ValueSpan);
            return;
        }

        Reserve(sizeof(int) + json.ValueSpan.Length);
        int count = json.CopyString(_bytes.AsSpan(_length + sizeof(int)));
        WriteLength(count);
        _length += count;
    }

    private void WriteLength(int length)
    {
        Reserve(sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), length);
        _length += sizeof(int);
    }

    private void Reserve(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + count));
        }
    }

    private Guid Hash()
    {
#if NETFRAMEWORK
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(_bytes, 0, _length);
        return new Guid([.. hash.Take(16)]);
#else
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.AsSpan(0, _length), hash);
        return new Guid(hash.Slice(0, 16));
#endif
    }

    /// <summary>The text may be secret, and a long one is not kept.</summary>
    private void Clear()
    {
        Array.Clear(_bytes, 0, _length);
        if (_sorted.Length > 0)
        {
            Array.Clear(_sorted, 0, Math.Min(_sorted.Length, _length));
        }

        _length = 0;
        _members.Clear();
        if (_bytes.Length > MaxKept)
        {
            (_bytes, _sorted) = (new byte[1024], []);
        }
    }

    /// <summary>A member in the buffer: where it begins, where its name ends, and where it ends.</summary>
    private readonly record struct Member(int Start, int NameEnd, int End);
}
