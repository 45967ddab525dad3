using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Text;
using Truebit.Client;
using Truebit.Json;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Creates and checks headers for the target API. Values stay hidden until they are sent.</summary>
[Cmdlet(VerbsCommon.New, "TruebitHeaderSet", DefaultParameterSetName = BearerSet)]
[OutputType(typeof(TruebitHeaderSet))]
public sealed class NewTruebitHeaderSetCommand : TruebitCmdlet
{
    private const string BearerSet = "Bearer";
    private const string BasicSet = "Basic";

    /// <summary>Becomes «Authorization: Bearer ...».</summary>
    [Parameter(ParameterSetName = BearerSet)]
    [SecretTransformation]
    public SecureString? BearerToken { get; set; }

    /// <summary>Becomes «Authorization: Basic ...» (RFC 7617, in UTF-8).</summary>
    [Parameter(ParameterSetName = BasicSet, Mandatory = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The media types that the target may return.</summary>
    [Parameter]
    public string? Accept { get; set; }

    /// <summary>The media type of the body.</summary>
    [Parameter]
    public string? ContentType { get; set; }

    /// <summary>Any headers: names and values; a value may be a SecureString.</summary>
    [Parameter]
    public IDictionary? Header { get; set; }

    /// <summary>Headers whose values are SecretManagement secrets: header names and secret names. The secrets are read when the headers are sent.</summary>
    [Parameter]
    public IDictionary? SecretHeader { get; set; }

    /// <summary>The vault of the secrets in <see cref="SecretHeader"/>.</summary>
    [Parameter]
    public string? Vault { get; set; }

    protected override void ProcessRecord()
    {
        TruebitHeaderSet set = OrThrowTerminating(Create);
        foreach (string name in set.Name)
        {
            if (HeaderRules.Conflict(name) is string why)
            {
                WriteWarning($"The header '{name}' may do harm: {why}.");
            }
        }

        WriteObject(set);
    }

    private TruebitHeaderSet Create()
    {
        TruebitHeaderSet set = new();
        if (BearerToken is not null)
        {
            set.Add("Authorization", new SecretText("Bearer " + new SecretText(BearerToken).Reveal()));
        }

        if (Credential is not null)
        {
            set.Add("Authorization", Basic(Credential));
        }

        if (Accept is not null)
        {
            set.Add("Accept", new SecretText(Accept));
        }

        if (ContentType is not null)
        {
            set.Add("Content-Type", new SecretText(ContentType));
        }

        foreach (DictionaryEntry entry in Header ?? new Hashtable())
        {
            string name = PSJson.Text(entry.Key) ?? "";
            set.Add(name, TruebitHeaderSet.ToSecret(name, entry.Value));
        }

        foreach (DictionaryEntry entry in SecretHeader ?? new Hashtable())
        {
            string name = PSJson.Text(entry.Key) ?? "";
            string secret = PSJson.Unwrap(entry.Value) as string is { Length: > 0 } text
                ? text
                : throw new FieldException(name, "-SecretHeader takes the name of a secret, not a value; a SecureString goes into -Header");
            set.Add(name, new SecretReference(secret, Vault));
        }

        return set;
    }

    private static SecretText Basic(PSCredential credential)
    {
        if (credential.UserName.IndexOf(':') >= 0)
        {
            throw new FieldException("Credential", "Basic authentication does not allow a colon in the user name");
        }

        string pair = $"{credential.UserName}:{new SecretText(credential.Password).Reveal()}";
        return new SecretText("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }
}
