#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Keys and tokens: where they come from, and that they show nowhere.

BeforeDiscovery { $noStore = -not (Get-Module -ListAvailable Microsoft.PowerShell.SecretStore) }
BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }
AfterAll { Remove-Module Truebit }

Describe 'A secret' {
    BeforeAll {
        $secret = 'tell-nobody-4711'
        $secure = ConvertTo-SecureString $secret -AsPlainText -Force
        $sandbox = Start-TruebitSandbox
        $sandbox | Connect-Truebit
        $key = $sandbox.ApiKey.Reveal()
    }
    AfterAll { Disconnect-Truebit; Stop-TruebitSandbox }

    It 'in a header set shows nowhere' {
        $set = New-TruebitHeaderSet -BearerToken $secure -Header @{ 'X-Token' = $secret } -Verbose -Debug
        $file = Join-Path $TestDrive 'set.clixml'
        $set | Export-Clixml $file
        $shown = ($set | Out-String), ($set | Format-List * -Force | Out-String), ($set | ConvertTo-Json -Depth 9), (Get-Content $file -Raw), "$set"
        $shown -join ' ' | Should -Not -Match $secret
        $set.Name | Should -Be ('Authorization', 'X-Token')
    }

    It 'arrives at the target' {
        $set = New-TruebitHeaderSet -BearerToken $secure
        (Invoke-TruebitTask @echo -Path /x -Headers $set).Output.headers.Authorization | Should -Be "Bearer $secret"
    }

    # The echo task would answer with the header's value: what a task answers is the user's own data, so a pet store is called here.
    It 'is in no transcript, whichever cmdlet shows its objects' {
        $journal = Join-Path $TestDrive 'secret.journal'
        $petstore = Join-Path $samples 'petstore.manifest.json'
        $call = @{ Namespace = 'sandbox'; TaskName = 'petstore'; Method = 'GET'; Path = '/store/inventory' }
        $loud = @{ Verbose = $true; Debug = $true }
        $steps = [ordered]@{
            Session    = { Connect-Truebit -Endpoint $sandbox.Endpoint -ApiKey $key -PassThru @loud; Get-TruebitSession @loud }
            HeaderSet  = { New-TruebitHeaderSet -BearerToken $secure @loud }
            Task       = { ($script:execution = Invoke-TruebitTask @call -Headers $set -Journal $journal @loud) }
            Refused    = { Invoke-TruebitTask -Namespace sandbox -TaskName nope -Method GET -Path /x -Headers $set @loud 2>&1 }
            Function   = { Invoke-TruebitFunction -Namespace sandbox -TaskName echo -Text 1 -ApiKey $key -Endpoint $sandbox.Endpoint @loud }
            Execution  = { $execution | Get-TruebitExecution @loud; $execution | Wait-TruebitExecution @loud }
            Journal    = { Get-TruebitJournal $journal @loud }
            Transcript = { ($script:transcript = $execution | Get-TruebitTranscript -Wait @loud) }
            Invoice    = { ($script:invoice = $execution | Get-TruebitInvoice -Wait @loud); $invoice.LineItems }
            Charge     = { $invoice | Compare-TruebitJournal $journal @loud }
            Proof      = { $transcript | Test-TruebitProof @loud }
            Evidence   = { $execution | Export-TruebitEvidence -Path (Join-Path $TestDrive 'evidence') -Wait @loud 2>&1 }
            Check      = { Test-TruebitTask @call -Headers $set -Manifest $petstore @loud }
            Template   = { New-TruebitTaskTemplate $petstore @loud }
            Sandbox    = { Get-TruebitSandbox @loud; Get-TruebitSandbox -Ledger @loud }
        }
        $set = New-TruebitHeaderSet -BearerToken $secure -Header @{ 'X-Token' = $secret }
        foreach ($step in $steps.Keys) {
            $file = Join-Path $TestDrive "$step.txt"
            Start-Transcript $file
            try {
                $shown = & $steps[$step]
                $shown | Out-Default
                $shown | Format-List | Out-Default
            }
            finally {
                Stop-Transcript
            }

            $text = Get-Content $file -Raw
            $shown | Should -Not -BeNullOrEmpty -Because $step
            $text | Should -Not -Match $secret -Because $step
            $text | Should -Not -Match ([regex]::Escape($key)) -Because $step
        }
    }
}

Describe 'The key' -Skip:$noStore {
    BeforeAll {
        # The store itself has one configuration for all vaults: it is changed only where it would ask a person, and put back.
        $vault = "TruebitTests$PID"
        $password = ConvertTo-SecureString 'for-tests' -AsPlainText -Force
        Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
        Set-SecretStoreConfiguration -Authentication None -Interaction None -Confirm:$false -Password $password
        Register-SecretVault -Name $vault -ModuleName Microsoft.PowerShell.SecretStore
        $sandbox = Start-TruebitSandbox
        $names = "sandbox-key-$PID", 'TruebitApiKey', "target-token-$PID"
        $names[0..1] | ForEach-Object { Set-Secret -Name $_ -Secret ($sandbox.ApiKey.Reveal()) -Vault $vault }
        Set-Secret -Name $names[2] -Secret 'from-the-vault' -Vault $vault
        $task = $echo + @{ Path = '/x'; Endpoint = $sandbox.Endpoint }

        function Complete([string]$Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) }
    }
    AfterAll {
        $names | ForEach-Object { Remove-Secret -Name $_ -Vault $vault }
        Unregister-SecretVault -Name $vault
        Stop-TruebitSandbox
    }

    It 'comes from a vault by name' {
        (Invoke-TruebitTask @task -SecretName $names[0] -Vault $vault).Status | Should -Be 'Success'
    }

    It 'is found by itself as TruebitApiKey' {
        (Invoke-TruebitTask @task).Status | Should -Be 'Success'
    }

    It 'comes from a session that keeps only the reference' {
        Connect-Truebit -Endpoint $sandbox.Endpoint -SecretName $names[0] -Vault $vault
        (Get-TruebitSession).KeySource | Should -BeLike "*$($names[0])*$vault*"
        (Invoke-TruebitTask @task).Status | Should -Be 'Success'
        Disconnect-Truebit
    }

    It 'is missing by a clear name' {
        { Invoke-TruebitTask @task -SecretName no-such-secret } | Should -Throw -ErrorId 'SecretNotFound,*'
    }

    It 'has a sister for the target, read when it is sent' {
        $set = New-TruebitHeaderSet -SecretHeader @{ 'X-Token' = $names[2] } -Vault $vault
        (Invoke-TruebitTask @task -SecretName $names[0] -Headers $set).Output.headers.'X-Token' | Should -Be 'from-the-vault'
    }

    It 'has a name and a vault that complete' {
        # SecretManagement is asked in the background; who asks too early finds the answer at the next try.
        Wait-Until { Complete 'Connect-Truebit -Vault TruebitT' } 'vaults'
        Complete 'Connect-Truebit -Vault TruebitT' | Should -Contain $vault
        Wait-Until { Complete "Invoke-TruebitTask -Vault $vault -SecretName sandbox-k" } 'secrets'
        Complete "Invoke-TruebitTask -Vault $vault -SecretName sandbox-k" | Should -Be $names[0]
    }
}
