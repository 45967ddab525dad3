#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Keys and tokens: where they come from, and that they show nowhere.

BeforeDiscovery {
    # On Windows a store can only be in the user's profile: a user's own store is left alone there.
    $own = "$env:LOCALAPPDATA/Microsoft/PowerShell/secretmanagement/localstore"
    $hasOwnStore = $env:LOCALAPPDATA -and (Test-Path $own)
}
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

Describe 'The key, in a vault' -Skip:$hasOwnStore {
    BeforeAll {
        $start = @{
            FilePath               = $shell
            ArgumentList           = $shellArguments + (Join-Path $PSScriptRoot 'SecretStore/Steps.ps1'), $manifest
            RedirectStandardOutput = Join-Path $TestDrive 'steps.out'
            RedirectStandardError  = Join-Path $TestDrive 'steps.err'
            Wait                   = $true
        }
        $before = $env:HOME
        $env:HOME = (New-Item -ItemType Directory (Join-Path $TestDrive 'home')).FullName
        try { Start-Process @start } finally { $env:HOME = $before }
        $output = Get-Content $start.RedirectStandardOutput, $start.RedirectStandardError
        $results = (@($output) -match '^RESULTS ') -replace '^RESULTS ' | ConvertFrom-Json
        $place = if ($results.Module -like '*SecretStandIn*') { "the tests' own vault" } else { 'SecretStore' }
        Write-Host "  The vault is ${place}: $($results.Module)"
    }

    It 'in <place>: <Expected> is what comes of <Step>' -ForEach @(
        @{ Step = 'ByName'; Expected = 'Success' }
        @{ Step = 'ByItself'; Expected = 'Success' }
        @{ Step = 'Session'; Expected = '*sandbox-key*TruebitTests*: Success' }
        @{ Step = 'Missing'; Expected = 'SecretNotFound,*' }
        @{ Step = 'Target'; Expected = 'from-the-vault' }
        @{ Step = 'Vaults'; Expected = 'TruebitTests' }
        @{ Step = 'Secrets'; Expected = 'sandbox-key' }
    ) {
        $results.$Step | Should -BeLike $Expected -Because "$output"
    }
}
