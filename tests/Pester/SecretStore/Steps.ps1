# Runs in a shell of its own, whose home is an empty folder: SecretStore keeps one store for each user, and that of the person who runs
# the tests is not to be touched. Writes what came of each step as JSON.
param([string]$Module)

if (-not (Get-Module -ListAvailable Microsoft.PowerShell.SecretStore)) {
    $env:PSModulePath = (Join-Path (Split-Path $PSScriptRoot) SecretStandIn) + [System.IO.Path]::PathSeparator + $env:PSModulePath
}
Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore, $Module
$vault = 'TruebitTests'
$password = ConvertTo-SecureString 'for-tests' -AsPlainText -Force
Set-SecretStoreConfiguration -Authentication None -Interaction None -Confirm:$false -Password $password
Register-SecretVault -Name $vault -ModuleName Microsoft.PowerShell.SecretStore
$sandbox = Start-TruebitSandbox
'sandbox-key', 'TruebitApiKey' | ForEach-Object { Set-Secret -Name $_ -Secret ($sandbox.ApiKey.Reveal()) -Vault $vault }
Set-Secret -Name target-token -Secret 'from-the-vault' -Vault $vault
$call = @{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = '/x'; Endpoint = $sandbox.Endpoint }

# SecretManagement is asked in the background; who asks too early finds the answer at the next try.
function Complete([string]$Line) {
    foreach ($try in 1..100) {
        $found = (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
        if ($found) { return $found }
        Start-Sleep -Milliseconds 50
    }
}

$steps = [ordered]@{
    ByName    = { "$((Invoke-TruebitTask @call -SecretName sandbox-key -Vault $vault).Status)" }
    ByItself  = { "$((Invoke-TruebitTask @call).Status)" }
    Session   = {
        Connect-Truebit -Endpoint $sandbox.Endpoint -SecretName sandbox-key -Vault $vault
        "$((Get-TruebitSession).KeySource): $((Invoke-TruebitTask @call).Status)"
        Disconnect-Truebit
    }
    Missing   = { Invoke-TruebitTask @call -SecretName no-such-secret }
    Target    = {
        $set = New-TruebitHeaderSet -SecretHeader @{ 'X-Token' = 'target-token' } -Vault $vault
        (Invoke-TruebitTask @call -SecretName sandbox-key -Headers $set).Output.headers.'X-Token'
    }
    Vaults    = { Complete 'Connect-Truebit -Vault True' }
    Secrets   = { Complete "Invoke-TruebitTask -Vault $vault -SecretName sandbox-k" }
}
$results = [ordered]@{}
foreach ($step in $steps.Keys) {
    $results[$step] = try { & $steps[$step] } catch { $_.FullyQualifiedErrorId }
}
$results.Module = (Get-Module Microsoft.PowerShell.SecretManagement).Path
Stop-TruebitSandbox
'RESULTS ' + ($results | ConvertTo-Json -Compress)
