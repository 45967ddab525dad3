using System.Security.Cryptography;
using System.Text;

namespace Truebit.Client;

/// <summary>A journal's first line.</summary>
internal sealed record JournalHeader
{
    /// <summary>The version of the lines that follow.</summary>
    public const int CurrentFormat = 2;

    /// <summary>How the first line begins.</summary>
    public static readonly byte[] Start = Encoding.UTF8.GetBytes("{\"truebitJournal\":");

    public int TruebitJournal { get; init; }

    /// <summary>The hub that executed its rows.</summary>
    public JournalHub? Hub { get; init; }

    /// <summary>
    /// The keys of the hashes, in hexadecimal digits; they keep rows from being recognised across journals. One journal has one group of
    /// one key. Merged journals of N shards are a group of N keys, in their order: a row's identity says whose key is the row's. Merged
    /// journals of one input are a group each: a row may be known by the keys of any.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>>? HashKeys { get; init; }

    /// <summary>The part of the rows that it is of, i/N; null where it is of all.</summary>
    public string? Shard { get; init; }

    /// <summary>The name of the split that it is a part of; null where it is none.</summary>
    public string? Split { get; init; }

    /// <summary>The column by which its rows are recognised; null where that is their requests.</summary>
    public string? Key { get; init; }

    /// <summary>How many lines were lost when it was repaired: a row that it does not know may have been sent.</summary>
    public int? LostLines { get; init; }

    public static JournalHeader Create(JournalHub hub, Shard? shard, string? key)
    {
        return new JournalHeader { TruebitJournal = CurrentFormat, Hub = hub, HashKeys = [[RandomHex(32)]], Shard = shard?.ToString(), Key = key };
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
        return Hub!.Address != wanted.Hub!.Address
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
