using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Truebit.Client;

/// <summary>
/// Identifies a row across runs: its request and its place among identical ones, or a key that the user names. Header
/// values, time-outs, the requester's timestamp and the order of JSON members are left out, so that a rotated token, a later
/// run, or a hashtable that enumerates differently in another process does not make a row that was paid for look new.
/// </summary>
public readonly struct RowIdentity : IEquatable<RowIdentity>
{
    private const int Size = 16;

    private readonly Guid _value;

    private RowIdentity(Guid value) => _value = value;

    /// <summary>The identity of a request.</summary>
    public static RowIdentity OfRequest(TaskRequest request) => new(CanonicalText.Hash(request, static (text, request) =>
    {
        ApiTaskRequest? api = request as ApiTaskRequest;
        text.Write(api is null ? "function"u8 : "request"u8);
        text.Write(request.Namespace);
        text.Write(request.TaskName);
        text.Write(request.Label);
        text.Write(request.Version?.ToString(CultureInfo.InvariantCulture));
        if (api is not null)
        {
            Write(text, api);
        }
        else
        {
            Write(text, (FunctionTaskRequest)request);
        }
    }));

    /// <summary>The identity that a user's key gives a row.</summary>
    public static RowIdentity OfKey(string key) => new(CanonicalText.Hash(key, static (text, key) =>
    {
        text.Write("key"u8);
        text.Write(key);
    }));

    /// <summary>The identity of the n-th row, from 1, among those that are alike. The first has that of the request.</summary>
    public RowIdentity Occurrence(int n) => n == 1 ? this : new(CanonicalText.Hash((_value, n), static (text, row) =>
    {
        text.Write("occurrence"u8);
        text.Write(row._value.ToString("N"));
        text.Write(row.n.ToString(CultureInfo.InvariantCulture));
    }));

    /// <summary>In which of <paramref name="count"/> equal parts the row falls, from 0; the same everywhere and for ever.</summary>
    internal int Part(int count) => (int)(BinaryPrimitives.ReadUInt64LittleEndian(_value.ToByteArray()) % (ulong)count);

    /// <summary>The identity as a stranger cannot recompute it without <paramref name="key"/>.</summary>
    public string Keyed(HMAC key)
    {
#if NETFRAMEWORK
        return ToHex(key.ComputeHash(_value.ToByteArray()), Size);
#else
        Span<byte> value = stackalloc byte[Size];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _value.TryWriteBytes(value);
        key.TryComputeHash(value, hash, out _);
        return ToHex(hash, Size);
#endif
    }

    /// <inheritdoc/>
    public bool Equals(RowIdentity other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RowIdentity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>A UUID: the same on every run, for a target that honours idempotency keys.</summary>
    public override string ToString() => _value.ToString();

    internal static string ToHex(ReadOnlySpan<byte> bytes, int count)
    {
        const string Digits = "0123456789abcdef";
        Span<char> text = stackalloc char[2 * count];
        for (int at = 0; at < count; at++)
        {
            text[2 * at] = Digits[bytes[at] >> 4];
            text[(2 * at) + 1] = Digits[bytes[at] & 0xF];
        }

        return text.ToString();
    }

    private static void Write(CanonicalText text, ApiTaskRequest request)
    {
        text.WriteObject(request.Input);
        text.Write("headers"u8);
        if (request.Headers.Count > 0)
        {
            foreach (string name in request.Headers.Select(static header => header.Name.ToUpperInvariant()).OrderBy(static name => name, StringComparer.Ordinal))
            {
                text.Write(name);
            }
        }
    }

    /// <summary>The input letter for letter: the task reads it as a file, and may make something else of other white space.</summary>
    private static void Write(CanonicalText text, FunctionTaskRequest request)
    {
        text.Write(request.Input);
        text.Write(request.TotalSolutions.ToString(CultureInfo.InvariantCulture));
        text.Write(request.RequiredSolutions.ToString(CultureInfo.InvariantCulture));
        text.Write(request.GasLimit);
    }
}
