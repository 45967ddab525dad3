using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Digests;

namespace Neighbour;

/// <summary>Uses System.Text.Json and BouncyCastle, and says which it got.</summary>
[Cmdlet(VerbsCommon.Get, "Neighbour")]
[OutputType(typeof(string))]
public sealed class GetNeighbourCommand : Cmdlet
{
    protected override void ProcessRecord()
    {
        KeccakDigest keccak = new(256);
        byte[] hash = new byte[keccak.GetDigestSize()];
        keccak.DoFinal(hash, 0);
        WriteObject($"keccak {BitConverter.ToString(hash, 0, 4)}");
        WriteObject($"json {JsonSerializer.Serialize(new[] { 1, 2 })}");
        WriteObject(Name(typeof(KeccakDigest)));
        WriteObject(Name(typeof(JsonSerializer)));
    }

    private static string Name(Type type)
    {
        AssemblyName name = type.Assembly.GetName();
        return $"{name.Name} {name.Version!.ToString(2)} {type.Assembly.Location}";
    }
}
