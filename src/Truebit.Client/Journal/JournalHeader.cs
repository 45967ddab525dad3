using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>A journal's first line.</summary>
internal sealed record JournalHeader
{
    /// <summary>The version of the lines that follow.</summary>
    public const int CurrentFormat = 3;

    /// <summary>The hub that executed its rows.</summary>
    public required JournalHub Hub { get; init; }

    /// <summary>
    /// The keys of the hashes, in hexadecimal digits; they keep rows from being recognised across journals. One journal has one group of
    /// one key. Merged journals of N shards are a group of N keys, in their order: a row's identity says whose key is the row's. Merged
    /// journals of one input are a group each: a row may be known by the keys of any.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<string>> HashKeys { get; init; }

    /// <summary>The part of the rows that it is of, i/N; null where it is of all.</summary>
    public string? Shard { get; init; }

    /// <summary>The name of the split that it is a part of; null where it is none.</summary>
    public string? Split { get; init; }

    /// <summary>The column by which its rows are recognised; null where that is their requests.</summary>
    public string? Key { get; init; }

    /// <summary>How many lines were lost when it was repaired: a row that it does not know may have been sent.</summary>
    public int? LostLines { get; init; }

    /// <summary>How the first line begins.</summary>
    private static ReadOnlySpan<byte> Start => "{\"truebitJournal\":"u8;

    /// <summary>Whether a line can be the beginning of a journal's first line: only what this module has begun to write may be written over.</summary>
    public static bool IsTorn(ReadOnlySpan<byte> line) => Start.StartsWith(line.Slice(0, Math.Min(line.Length, Start.Length)));

    /// <summary>The format that a first line says; null where it is not a journal's.</summary>
    public static int? FindFormat(ReadOnlySpan<byte> line) =>
        line.StartsWith(Start) && Utf8Parser.TryParse(line.Slice(Start.Length), out int format, out _) ? format : null;

    /// <summary>Reads a first line of the current format; null where it is none, or does not fit its checksum.</summary>
    public static JournalHeader? Read(ReadOnlySpan<byte> line, out uint check)
    {
        if (FindFormat(line) != CurrentFormat || !JournalText.TryCheck(line, out ReadOnlySpan<byte> body, out _, out check))
        {
            check = 0;
            return null;
        }

        byte[] json = body.ToArray();
        json[json.Length - 1] = (byte)'}';
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement header = document.RootElement;
            JsonElement hub = header.GetProperty("hub");
            return new JournalHeader
            {
                Hub = new JournalHub(hub.GetProperty("address").GetString()!, hub.GetProperty("isLocal").GetBoolean()),
                HashKeys = [.. header.GetProperty("hashKeys").EnumerateArray().Select(static group => (IReadOnlyList<string>)[.. group.EnumerateArray().Select(static key => key.GetString()!)])],
                Shard = Text("shard"),
                Split = Text("split"),
                Key = Text("key"),
                LostLines = header.TryGetProperty("lostLines", out JsonElement lost) ? lost.GetInt32() : null,
            };

            string? Text(string name) => header.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes the members of the first line.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("truebitJournal"u8, CurrentFormat);
        json.WriteStartObject("hub"u8);
        json.WriteString("address"u8, Hub.Address);
        json.WriteBoolean("isLocal"u8, Hub.IsLocal);
        json.WriteEndObject();
        json.WriteStartArray("hashKeys"u8);
        foreach (IReadOnlyList<string> group in HashKeys)
        {
            json.WriteStartArray();
            foreach (string key in group)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteIfThere("shard"u8, Shard);
        WriteIfThere("split"u8, Split);
        WriteIfThere("key"u8, Key);
        if (LostLines is int lost)
        {
            json.WriteNumber("lostLines"u8, lost);
        }

        void WriteIfThere(ReadOnlySpan<byte> name, string? text)
        {
            if (text is not null)
            {
                json.WriteString(name, text);
            }
        }
    }

    public static JournalHeader Create(JournalHub hub, Shard? shard, string? key)
    {
        return new JournalHeader { Hub = hub, HashKeys = [[RandomHex(32)]], Shard = shard?.ToString(), Key = key };
    }

    /// <summary>Random bytes, in hexadecimal digits.</summary>
    public static string RandomHex(int count)
    {
        byte[] bytes = new byte[count];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return RowIdentity.ToHex(bytes, count);
    }

    /// <summary>Why a run that would begin a journal with <paramref name="wanted"/> cannot go on with this one; null where it can.</summary>
    public JournalException? FindMismatch(string path, JournalHeader wanted)
    {
        return Hub.Address != wanted.Hub.Address
            ? new JournalException(
                "JournalHubMismatch",
                $"The journal '{path}' belongs to {Hub}, but this run uses {wanted.Hub}, which does not know its executions. Use another journal"
                    + (Hub.IsLocal ? ". Nothing was sent." : "; if the hub itself has moved, say so with Set-TruebitJournal -Endpoint. Nothing was sent."))
            : Shard != wanted.Shard
            ? new JournalException(
                "JournalShardMismatch",
                $"The journal '{path}' covers {Part(Shard)} but this run covers {Part(wanted.Shard)}, so rows that others have sent would be"
                    + $" sent again. {WayOut()} No row was sent.")
            : !HasKeyOf(wanted)
            ? new JournalException(
                "JournalKeyMismatch",
                $"The journal '{path}' identifies rows by {Who(Key)} but this run by {Who(wanted.Key)}, so every row would look new and be paid"
                    + $" for again. {(Key is null ? "Leave out -Key" : $"Use -Key {Key}")}, or begin another journal. No row was sent.")
            : null;

        string WayOut() => Shard is null
            ? "Leave out -Shard, or make a journal for each shard of it with Split-TruebitJournal."
            : $"Use -Shard {Shard}, or merge the journals of all shards with Merge-TruebitJournal{(wanted.Shard is null ? "." : " and split them again with Split-TruebitJournal.")}";

        static string Part(string? shard) => shard is null ? "all rows" : $"shard {shard}";

        static string Who(string? key) => key is null ? "their requests" : $"the column '{key}'";
    }

    /// <summary>Whether rows are recognised alike; names of columns differ by case in no way that counts.</summary>
    public bool HasKeyOf(JournalHeader other) => string.Equals(Key, other.Key, StringComparison.OrdinalIgnoreCase);
}
