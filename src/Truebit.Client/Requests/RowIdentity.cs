using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>
/// Identifies a row across runs: its request and its place among identical ones, or a key that the user names. Header
/// values, time-outs, the requester's timestamp and the order of JSON members are left out, so that a rotated token, a later
/// run, or a hashtable that enumerates differently in another process does not make a row that was paid for look new.
/// </summary>
public readonly struct RowIdentity : IEquatable<RowIdentity>
{
    private readonly Guid _value;

    private RowIdentity(Guid value) => _value = value;

    /// <summary>The identity of a request.</summary>
    public static RowIdentity OfRequest(TaskRequest request) => Hash(text =>
    {
        bool isApi = request.Kind == TaskKind.Api;
        Write(text, isApi ? "request" : "function", request.Namespace, request.TaskName, request.Label, request.Version?.ToString());
        if (isApi)
        {
            Write(text, (ApiTaskRequest)request);
        }
        else
        {
            Write(text, (FunctionTaskRequest)request);
        }
    });

    /// <summary>The identity that a user's key gives a row.</summary>
    public static RowIdentity OfKey(string key) => Hash(text => Write(text, "key", key));

    /// <summary>The identity of the n-th row, from 1, among those that are alike.</summary>
    public RowIdentity Occurrence(int n)
    {
        Guid value = _value;
        return Hash(text => Write(text, "occurrence", value.ToString("N"), n.ToString()));
    }

    /// <summary>In which of <paramref name="count"/> equal parts the row falls, from 0; the same everywhere and for ever.</summary>
    internal int Part(int count) => (int)(BinaryPrimitives.ReadUInt64LittleEndian(_value.ToByteArray()) % (ulong)count);

    /// <summary>The identity as a stranger cannot recompute it without <paramref name="key"/>.</summary>
    public string Keyed(HMAC key) => ToHex(key.ComputeHash(_value.ToByteArray()), 16);

    /// <inheritdoc/>
    public bool Equals(RowIdentity other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RowIdentity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>A UUID: the same on every run, for a target that honours idempotency keys.</summary>
    public override string ToString() => _value.ToString();

    internal static string ToHex(byte[] bytes, int count) => BitConverter.ToString(bytes, 0, count).Replace("-", "").ToLowerInvariant();

    private static RowIdentity Hash(Action<MemoryStream> write)
    {
        using MemoryStream text = new(256);
        write(text);
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(text.GetBuffer(), 0, (int)text.Length);
        return new RowIdentity(new Guid([.. hash.Take(16)]));
    }

    private static void Write(MemoryStream text, ApiTaskRequest request)
    {
        foreach (InputMember member in request.Input.OrderBy(static member => member.Name, StringComparer.Ordinal))
        {
            using JsonDocument value = JsonDocument.Parse(member.Json, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth });
            Write(text, "member", member.Name);
            WriteCanonical(text, value.RootElement);
        }

        Write(text, [.. request.Headers.Select(static header => header.Name.ToUpperInvariant()).OrderBy(static name => name, StringComparer.Ordinal).Prepend("headers")]);
    }

    /// <summary>The input letter for letter: the task reads it as a file, and may make something else of other white space.</summary>
    private static void Write(MemoryStream text, FunctionTaskRequest request) =>
        Write(text, request.Input, request.TotalSolutions.ToString(), request.RequiredSolutions.ToString(), request.GasLimit);

    /// <summary>Each part with its length before it, so that no two lists of parts write the same bytes.</summary>
    private static void Write(MemoryStream text, params string?[] parts)
    {
        foreach (string? part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part ?? "");
            text.Write(BitConverter.GetBytes(part is null ? -1 : bytes.Length), 0, sizeof(int));
            text.Write(bytes, 0, bytes.Length);
        }
    }

    private static void WriteCanonical(MemoryStream text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Write(text, "{", element.EnumerateObject().Count().ToString());
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    Write(text, member.Name);
                    WriteCanonical(text, member.Value);
                }

                break;
            case JsonValueKind.Array:
                Write(text, "[", element.GetArrayLength().ToString());
                foreach (JsonElement item in element.EnumerateArray())
                {
                    WriteCanonical(text, item);
                }

                break;
            case JsonValueKind.String:
                Write(text, "\"", element.GetString());
                break;
            default:
                Write(text, element.GetRawText());
                break;
        }
    }
}
