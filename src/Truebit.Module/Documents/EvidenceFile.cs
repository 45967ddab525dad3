using System.Security.Cryptography;

namespace Truebit.Documents;

/// <summary>A file in a zip of evidence.</summary>
/// <param name="IsSigned">Whether it is a document that the hub signs.</param>
internal sealed record EvidenceFile(string Name, byte[] Content, bool IsSigned)
{
    /// <summary>In 64 hexadecimal digits.</summary>
    public string Sha256
    {
        get
        {
            using SHA256 hash = SHA256.Create();
            return BitConverter.ToString(hash.ComputeHash(Content)).Replace("-", "").ToLowerInvariant();
        }
    }
}
