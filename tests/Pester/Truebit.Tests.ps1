#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What users do, through the built module in a real shell. `pwsh ./build.ps1` first; or let
# $env:TRUEBIT_TEST_MODULE name the manifest of the module to test.

BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $manifest = if ($env:TRUEBIT_TEST_MODULE) { $env:TRUEBIT_TEST_MODULE } else { Join-Path $root 'out/Truebit/Truebit.psd1' }
    Import-Module $manifest -Force
}

AfterAll {
    Remove-Module Truebit
}

Describe 'A task' {
    BeforeAll { Start-TruebitSandbox | Connect-Truebit }
    AfterAll { Disconnect-Truebit; Stop-TruebitSandbox }

    It 'runs over the rows of a CSV file' {
        $results = Import-Csv (Join-Path $root 'samples/orders.csv') |
            Where-Object Method -EQ 'POST' |
            Invoke-TruebitTask -ErrorAction SilentlyContinue -ErrorVariable refused
        $results.Count | Should -Be 9
        $refused.Count | Should -Be 1
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $refused[0].TargetObject.'body.status' | Should -Be 'shipped'
        "$($refused[0])" | Should -BeLike 'Row 6: *'
    }

    It "runs the hub's own input files" {
        $file = Join-Path $TestDrive 'order.input.json'
        @'
{
  "namespace": "sandbox", "taskName": "echo", "executionTimeout": 10000, "async": false,
  "input": { "path": "/store/order/{orderId}", "method": "PUT", "params": { "orderId": 2 },
             "body": { "tags": [ "one" ], "deep": { "er": { "still": { "here": [ [ 1 ] ] } } } } }
}
'@ | Set-Content $file
        $echo = Get-Content $file -Raw | ConvertFrom-Json | Invoke-TruebitTask
        $echo.Output.path | Should -Be '/store/order/2'
        $echo.OutputJson | Should -BeLike '*"tags":`["one"`]*'
        $echo.OutputJson | Should -BeLike '*"here":`[`[1`]`]*'
    }

    It 'writes objects that Export-Csv, ConvertTo-Json and Export-Clixml take' {
        $result = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /x
        $csv = Join-Path $TestDrive 'results.csv'
        $result | Select-Object ExecutionId, Status, Duration, OutputJson | Export-Csv $csv -NoTypeInformation
        (Import-Csv $csv).ExecutionId | Should -Be $result.ExecutionId
        ($result | ConvertTo-Json -Depth 5 | ConvertFrom-Json).Output.path | Should -Be '/x'
        $clixml = Join-Path $TestDrive 'results.clixml'
        $result | Export-Clixml $clixml
        (Import-Clixml $clixml | Get-TruebitExecution).Status | Should -Be 'Success'
    }

    It 'says what it would do with -WhatIf, and does nothing' {
        $before = (Get-TruebitSandbox).Submissions
        Import-Csv (Join-Path $root 'samples/orders.csv') | Invoke-TruebitTask -WhatIf | Should -BeNullOrEmpty
        (Get-TruebitSandbox).Submissions | Should -Be $before
    }

    It 'goes on after an error with <Action>' -ForEach @(
        @{ Action = 'Continue' }, @{ Action = 'SilentlyContinue' }, @{ Action = 'Ignore' }
    ) {
        $rows = 'good', '', 'good' | ForEach-Object { @{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = $_ } }
        $results = $rows | Invoke-TruebitTask -ErrorAction $Action 2>$null
        $results.Count | Should -Be 2
    }

    It 'ends at an error with Stop' {
        { @{ Namespace = 'sandbox'; TaskName = 'nope'; Method = 'GET'; Path = '/' } | Invoke-TruebitTask -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidRequest,Truebit.Commands.InvokeTruebitTaskCommand'
    }
}

Describe 'The pipeline' {
    BeforeAll { Start-TruebitSandbox -Latency 0.3 | Connect-Truebit }
    AfterAll { Disconnect-Truebit; Stop-TruebitSandbox }

    It 'stops paying after Select-Object -First' {
        $first = 1..1000 |
            ForEach-Object { @{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = "/$_" } } |
            Invoke-TruebitTask -ThrottleLimit 4 |
            Select-Object -First 1
        $first.Status | Should -Be 'Success'
        (Get-TruebitSandbox).Charges | Should -BeLessOrEqual 5
        (Get-TruebitExecution -Wait | Where-Object Status -EQ 'Success').Count | Should -Be (Get-TruebitSandbox).Charges
    }

    It 'waits for what was started with -Async' {
        $done = 1..5 |
            ForEach-Object { @{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = "/$_" } } |
            Invoke-TruebitTask -Async |
            Wait-TruebitExecution -Timeout 30
        $done.Count | Should -Be 5
        $done.InputObject.Path | Sort-Object | Should -Be ('/1', '/2', '/3', '/4', '/5')
    }
}

Describe 'A secret' {
    BeforeAll {
        $secret = 'tell-nobody-4711'
        $secure = ConvertTo-SecureString $secret -AsPlainText -Force
        Start-TruebitSandbox | Connect-Truebit
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

    It 'arrives at the target and is in no transcript' {
        $file = Join-Path $TestDrive 'transcript.txt'
        $set = New-TruebitHeaderSet -BearerToken $secure
        Start-Transcript $file
        $VerbosePreference = $DebugPreference = 'Continue'
        $echo = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /x -Headers $set -Verbose
        Invoke-TruebitTask -Namespace sandbox -TaskName nope -Method GET -Path /x -Headers $set -ErrorAction Continue 2>&1 | Out-Host
        $VerbosePreference = $DebugPreference = 'SilentlyContinue'
        Stop-Transcript
        $echo.Output.headers.Authorization | Should -Be "Bearer $secret"
        Get-Content $file -Raw | Should -Not -Match $secret
    }
}

Describe 'The key' -Skip:(-not (Get-Module -ListAvailable Microsoft.PowerShell.SecretStore)) {
    BeforeAll {
        $vault = "TruebitTests$PID"
        $password = ConvertTo-SecureString 'for-tests' -AsPlainText -Force
        Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
        Set-SecretStoreConfiguration -Authentication None -Interaction None -Confirm:$false -Password $password
        Register-SecretVault -Name $vault -ModuleName Microsoft.PowerShell.SecretStore
        $sandbox = Start-TruebitSandbox
        Set-Secret -Name sandbox-key -Secret ($sandbox.ApiKey.Reveal()) -Vault $vault
        Set-Secret -Name TruebitApiKey -Secret ($sandbox.ApiKey.Reveal()) -Vault $vault
        Set-Secret -Name target-token -Secret 'from-the-vault' -Vault $vault
        $task = @{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = '/x'; Endpoint = $sandbox.Endpoint }
    }
    AfterAll {
        'sandbox-key', 'TruebitApiKey', 'target-token' | ForEach-Object { Remove-Secret -Name $_ -Vault $vault }
        Unregister-SecretVault -Name $vault
        Stop-TruebitSandbox
    }

    It 'comes from a vault by name' {
        (Invoke-TruebitTask @task -SecretName sandbox-key -Vault $vault).Status | Should -Be 'Success'
    }

    It 'is found by itself as TruebitApiKey' {
        (Invoke-TruebitTask @task).Status | Should -Be 'Success'
    }

    It 'comes from a session that keeps only the reference' {
        Connect-Truebit -Endpoint $sandbox.Endpoint -SecretName sandbox-key -Vault $vault
        (Get-TruebitSession).KeySource | Should -BeLike "*sandbox-key*$vault*"
        (Invoke-TruebitTask @task).Status | Should -Be 'Success'
        Disconnect-Truebit
    }

    It 'is missing by a clear name' {
        { Invoke-TruebitTask @task -SecretName no-such-secret } | Should -Throw -ErrorId 'SecretNotFound,*'
    }

    It 'has a sister for the target, read when it is sent' {
        $set = New-TruebitHeaderSet -SecretHeader @{ 'X-Token' = 'target-token' } -Vault $vault
        (Invoke-TruebitTask @task -SecretName sandbox-key -Headers $set).Output.headers.'X-Token' | Should -Be 'from-the-vault'
    }
}
