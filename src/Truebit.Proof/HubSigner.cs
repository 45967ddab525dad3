using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Truebit.Proof;

/// <summary>
/// Signs as the hub does, for the sandbox, over the canonical text that proofs use. Not for production keys: BouncyCastle's
/// arithmetic is not constant-time.
/// </summary>
public sealed class HubSigner
{
    private readonly BigInteger _key;

    /// <param name="privateKey">32 bytes: a number above zero and below the order of the curve.</param>
    public HubSigner(byte[] privateKey)
    {
        _key = new BigInteger(1, privateKey);
        if (privateKey.Length != 32 || _key.SignValue == 0 || _key.CompareTo(Secp256k1.Order) >= 0)
        {
            throw new ArgumentException("A private key has 32 bytes, and is above zero and below the order of secp256k1.", nameof(privateKey));
        }

        PublicKey = new PublicKey(Secp256k1.MultiplyBase(_key));
    }

    /// <summary>The key that its signatures give.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The address that its signatures give.</summary>
    public EthereumAddress Address => PublicKey.Address;

    /// <summary>A signer with a new random key.</summary>
    public static HubSigner Create()
    {
        byte[] key = new byte[32];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        BigInteger number;
        do
        {
            random.GetBytes(key);
            number = new BigInteger(1, key);
        }
        while (number.SignValue == 0 || number.CompareTo(Secp256k1.Order) >= 0);
        return new HubSigner(key);
    }

    /// <summary>Signs 32 bytes: the same key and hash always give the same signature (RFC 6979, with SHA-256), with low S.</summary>
    public RecoverableSignature Sign(byte[] hash)
    {
        if (hash.Length != Keccak256.Size)
        {
            throw new ArgumentException($"A hash has {Keccak256.Size} bytes.", nameof(hash));
        }

        BigInteger order = Secp256k1.Order;
        HMacDsaKCalculator calculator = new(new Sha256Digest());
        calculator.Init(order, _key, hash);
        while (true)
        {
            BigInteger k = calculator.NextK();
            ECPoint point = Secp256k1.MultiplyBase(k);
            BigInteger r = point.AffineXCoord.ToBigInteger();
            BigInteger s = BigIntegers.ModOddInverse(order, k).Multiply(Secp256k1.ToInteger(hash).Add(_key.Multiply(r))).Mod(order);

            // An r that is not below the order could not be told by a v of 27 or 28. It takes 2^127 tries to meet one.
            if (r.SignValue == 0 || r.CompareTo(order) >= 0 || s.SignValue == 0)
            {
                continue;
            }

            bool isOdd = point.AffineYCoord.TestBitZero();
            return s.CompareTo(Secp256k1.HalfOrder) > 0 ? new RecoverableSignature(!isOdd, r, order.Subtract(s)) : new RecoverableSignature(isOdd, r, s);
        }
    }

    /// <summary>The message with its <c>msgHash</c> and <c>signature</c> (truebit-api.md 8.3, 1 and 3).</summary>
    /// <param name="json">An object that has neither.</param>
    /// <param name="printKey">Adds <c>publicKey</c> first, which the hash then covers.</param>
    /// <exception cref="ArgumentException">It is not such an object.</exception>
    public byte[] SignMessage(ReadOnlyMemory<byte> json, bool printKey = false)
    {
        byte[] message = printKey ? Append(json, PublicKeyMember()) : json.ToArray();
        byte[] hash = Keccak256.Hash(ReadText(message, CanonicalText.LeftOutOfMessages, MemberNames.Hash, MemberNames.Signature));
        return Append(message, $"\"{MemberNames.Hash}\":\"{Hex.Write(hash)}\",\"{MemberNames.Signature}\":{ToJson(Sign(hash))}");
    }

    /// <summary>The invoice with its <c>accounting_signature</c> (truebit-api.md 8.3, 4).</summary>
    /// <param name="json">An object that has none.</param>
    /// <param name="printKey">Adds <c>publicKey</c> first, which the hub does not do: without it, only who knows the signer can prove it.</param>
    /// <exception cref="ArgumentException">It is not such an object.</exception>
    public byte[] SignInvoice(ReadOnlyMemory<byte> json, bool printKey = false)
    {
        byte[] invoice = printKey ? Append(json, PublicKeyMember()) : json.ToArray();
        byte[] hash = Keccak256.Hash(ReadText(invoice, CanonicalText.LeftOutOfInvoices, MemberNames.AccountingSignature));
        return Append(invoice, $"\"{MemberNames.AccountingSignature}\":{ToJson(Sign(hash))}");
    }

    private static string ToJson(RecoverableSignature signature) => $"{{\"v\":{signature.V},\"r\":\"{signature.RText}\",\"s\":\"{signature.SText}\"}}";

    private string PublicKeyMember() => $"\"{MemberNames.PublicKey}\":\"{PublicKey.Text}\"";

    private static byte[] ReadText(byte[] json, IReadOnlyList<string> leftOut, params string[] forbidden)
    {
        byte[] text = CanonicalText.Of(json, leftOut, out string problem) ?? throw new ArgumentException($"This cannot be signed: {problem}.", nameof(json));
        JsonMembers members = JsonMembers.Read(JsonText.Read(json, out _)!.Value)!;
        return Array.Find(forbidden, name => members.Find(name) is not null) is string name
            ? throw new ArgumentException($"This cannot be signed: it has {name} already.", nameof(json))
            : text;
    }

    /// <summary>The object, compact, with more members at its end.</summary>
    private static byte[] Append(ReadOnlyMemory<byte> json, string members)
    {
        JsonText text = JsonText.Read(json, out string problem) is { IsObject: true } value
            ? value
            : throw new ArgumentException($"This cannot be signed: {(problem.Length > 0 ? problem : "it is not a JSON object")}.", nameof(json));
        ArraySegment<byte> compact = CanonicalText.Compact(text.Bytes);
        string comma = compact.Count > 2 ? "," : "";
        return [.. compact.AsSpan(0, compact.Count - 1), .. Encoding.ASCII.GetBytes($"{comma}{members}}}")];
    }
}
