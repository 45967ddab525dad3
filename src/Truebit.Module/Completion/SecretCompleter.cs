using System.Collections;
using Truebit.Session;

namespace Truebit.Completion;

/// <summary>Names of secrets and vaults, from SecretManagement.</summary>
internal sealed class SecretCompleter : Completer
{
    protected override IEnumerable<Suggestion> Suggest(string command, string parameter, IDictionary given)
    {
        SecretNames names = ModuleState.Current.SecretNames;
        return (parameter == "Vault" ? names.Vaults(Patience) : names.Secrets(Given(given, "Vault"), Patience)).Select(static name => new Suggestion(name));
    }
}
