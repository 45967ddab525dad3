#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Rows in, results out: files, -WhatIf, errors, and pipelines that end early.

BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }
AfterAll { Remove-Module Truebit }

Describe 'A task' {
    BeforeAll { Start-TruebitSandbox | Connect-Truebit }
    AfterAll { Disconnect-Truebit; Stop-TruebitSandbox }

    It 'runs over the rows of a CSV file' {
        $results = Import-Csv (Join-Path $samples 'orders.csv') |
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
        $result = Get-Content $file -Raw | ConvertFrom-Json | Invoke-TruebitTask
        $result.Output.path | Should -Be '/store/order/2'
        $result.OutputJson | Should -BeLike '*"tags":`["one"`]*'
        $result.OutputJson | Should -BeLike '*"here":`[`[1`]`]*'
    }

    It 'writes objects that Export-Csv, ConvertTo-Json and Export-Clixml take' {
        $result = Invoke-TruebitTask @echo -Path /x
        $csv = Join-Path $TestDrive 'results.csv'
        $result | Select-Object ExecutionId, Status, Duration, OutputJson | Export-Csv $csv -NoTypeInformation
        (Import-Csv $csv).ExecutionId | Should -Be $result.ExecutionId
        ((Import-Csv $csv).OutputJson | ConvertFrom-Json).path | Should -Be '/x'
        ($result | ConvertTo-Json -Depth 5 | ConvertFrom-Json).Output.path | Should -Be '/x'
        $clixml = Join-Path $TestDrive 'results.clixml'
        $result | Export-Clixml $clixml
        (Import-Clixml $clixml | Get-TruebitExecution).Status | Should -Be 'Success'
    }

    It 'takes a whole pipeline from file to file' {
        $rows = Join-Path $TestDrive 'rows.csv'
        $results = Join-Path $TestDrive 'all.csv'
        New-Row 20 | Export-Csv $rows -NoTypeInformation
        Import-Csv $rows | Invoke-TruebitTask @echo | Export-Csv $results -NoTypeInformation
        $lines = @(Import-Csv $results)
        $lines.Count | Should -Be 20
        $lines.Status | Sort-Object -Unique | Should -Be 'Success'
        @($lines.ExecutionId | Sort-Object -Unique).Count | Should -Be 20
    }

    It 'says what it would do with -WhatIf, and does nothing' {
        $before = (Get-TruebitSandbox).Submissions
        $file = Join-Path $TestDrive 'whatif.txt'
        Start-Transcript $file
        Import-Csv (Join-Path $samples 'orders.csv') | Invoke-TruebitTask -WhatIf | Should -BeNullOrEmpty
        Stop-Transcript
        (Get-TruebitSandbox).Submissions | Should -Be $before
        @(Select-String -Path $file -SimpleMatch 'sandbox/petstore').Count | Should -Be 14
    }

    It 'goes on after an error with <Action>' -ForEach @(
        @{ Action = 'Continue'; Shown = 1; Kept = 1 }
        @{ Action = 'SilentlyContinue'; Shown = 0; Kept = 1 }
        @{ Action = 'Ignore'; Shown = 0; Kept = 0 }
    ) {
        $all = '/good', '/{none}', '/good' | ForEach-Object { @{ Path = $_ } } | Invoke-TruebitTask @echo -ErrorAction $Action -ErrorVariable caught 2>&1
        @($all | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }).Count | Should -Be 2
        @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be $Shown
        $caught.Count | Should -Be $Kept
    }

    It 'ends at an error with Stop' {
        $before = (Get-TruebitSandbox).Charges
        { '/{none}', '/good' | ForEach-Object { @{ Path = $_ } } | Invoke-TruebitTask @echo -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidInput,Truebit.Commands.InvokeTruebitTaskCommand'
        (Get-TruebitSandbox).Charges | Should -Be $before
    }
}

Describe 'A function' {
    BeforeAll { Start-TruebitSandbox | Connect-Truebit }
    AfterAll { Disconnect-Truebit; Stop-TruebitSandbox }

    It 'runs over rows, and ends as the nodes agree' {
        $results = [ordered]@{}
        'echo,20', 'indeterminate,20', 'error,20' | ConvertFrom-Csv -Header TaskName, Text |
            Invoke-TruebitFunction -Namespace sandbox -TotalSolutions 3 -RequiredSolutions 2 |
            ForEach-Object { $results[$_.TaskName] = $_ }
        $results['echo'].Status | Should -Be 'Success'
        $results['echo'].Output | Should -Be '20'
        $results['indeterminate'].Status | Should -Be 'Indeterminate'
        $results['error'].Status | Should -Be 'Error'
    }

    It 'is asked for again by its id' {
        $result = Invoke-TruebitFunction -Namespace sandbox -TaskName echo -Text 'once more'
        (Get-TruebitExecution $result.ExecutionId).Output | Should -Be 'once more'
    }
}

Describe 'The pipeline' {
    BeforeAll { Start-TruebitSandbox -Latency 0.3 | Connect-Truebit }
    AfterAll { Disconnect-Truebit; Stop-TruebitSandbox }

    It 'stops paying after Select-Object -First' {
        $first = New-Row 1000 | Invoke-TruebitTask @echo -ThrottleLimit 4 | Select-Object -First 1
        $first.Status | Should -Be 'Success'
        (Get-TruebitSandbox).Charges | Should -BeLessOrEqual 5
        @(Get-TruebitExecution -Wait | Where-Object Status -EQ 'Success').Count | Should -Be (Get-TruebitSandbox).Charges
    }

    It 'waits for what was started with -Async' {
        $done = New-Row 5 | Invoke-TruebitTask @echo -Async | Wait-TruebitExecution -Timeout 30
        $done.Count | Should -Be 5
        $done.InputObject.Path | Sort-Object | Should -Be ('/row/1', '/row/2', '/row/3', '/row/4', '/row/5')
    }
}

Describe 'Ctrl+C' {
    BeforeEach {
        $sandbox = Start-TruebitSandbox -Latency 1
        $shell = [powershell]::Create()
        [void]$shell.AddScript('param($Module) Import-Module $Module').AddArgument($manifest).Invoke()
        $shell.Commands.Clear()
    }
    AfterEach { $shell.Runspace.Dispose(); $shell.Dispose(); Stop-TruebitSandbox }

    It 'keeps the ids of all that was accepted' {
        $run = {
            param($Endpoint, $Key, $Rows, $Task)
            Connect-Truebit -Endpoint $Endpoint -ApiKey $Key
            $Rows | Invoke-TruebitTask @Task -ThrottleLimit 8
        }
        [void]$shell.AddScript($run).AddArgument($sandbox.Endpoint).AddArgument($sandbox.ApiKey.Reveal()).AddArgument((New-Row 1000)).AddArgument($echo)
        $under = $shell.BeginInvoke()
        Wait-Until { (Get-TruebitSandbox).Charges -ge 8 } 'eight charges'
        $shell.EndStop($shell.BeginStop($null, $null))
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        [void]$under.AsyncWaitHandle.WaitOne()

        $shell.Commands.Clear()
        $known = $shell.AddScript('Get-TruebitExecution -Wait').Invoke()
        $known.Status | Sort-Object -Unique | Should -Be 'Success'
        $known.ExecutionId | Sort-Object | Should -Be @((Get-TruebitSandbox -Ledger).ExecutionId | Sort-Object)
        $known.Count | Should -BeLessThan 50
        Assert-PaidOnce
    }
}
