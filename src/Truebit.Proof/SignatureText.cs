using System.Text.Json;

namespace Truebit.Proof;

/// <summary>Reads the object <c>{v, r, s}</c>.</summary>
internal static class SignatureText
{
    /// <summary>The signature; null, and why, where the value cannot be one.</summary>
    /// <remarks>
    /// No hash covers the root's signature, so nothing may be in one that is not checked: no other member, no other spelling.
    /// </remarks>
    public static RecoverableSignature? Read(JsonText value, out string problem)
    {
        JsonMembers? members = JsonMembers.Read(value);
        problem = members is null ? "it is not an object of v, r and s" : members.Problem ?? "";
        if (problem.Length > 0)
        {
            return null;
        }

        if (members!.All.Count != 3)
        {
            problem = "it does not have the three members v, r and s";
            return null;
        }

        return RecoverableSignature.Read(ReadV(members.Find("v")), members.FindString("r"), members.FindString("s"), out problem);
    }

    private static int ReadV(JsonText? value) =>
        value is { Kind: JsonTokenType.Number } number && number.Bytes.Length == 2 ? ((number.Bytes.Span[0] - '0') * 10) + number.Bytes.Span[1] - '0' : 0;
}
