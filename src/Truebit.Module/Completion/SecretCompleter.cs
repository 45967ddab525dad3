using Truebit.Session;

namespace Truebit.Completion;

/// <summary>Names of secrets and vaults, from SecretManagement.</summary>
internal sealed class SecretCompleter : Completer
{
    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request)
    {
        SecretNames names = ModuleState.Current.SecretNames;
        return (request.Parameter == "Vault" ? names.Vaults(Patience) : names.Secrets(request.Given("Vault"), Patience)).Select(static name => new Suggestion(name));
    }
}
