#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# samples/unattended: a script that cron starts, without an environment, a console or anybody to ask.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')

    $modules = @(
        if (-not (Get-Module -ListAvailable Microsoft.PowerShell.SecretStore)) { Join-Path $PSScriptRoot 'SecretStandIn' }
        $env:PSModulePath
    ) -join [System.IO.Path]::PathSeparator

    # Starts a script in a shell of its own that has these variables only, as far as the platform lets it, and no input.
    function Start-Shell([hashtable]$Variables, [string[]]$Script) {
        if (Get-Command env -CommandType Application -ErrorAction Ignore) {
            $set = @($Variables.GetEnumerator() | ForEach-Object { "$($_.Key)=$($_.Value)" })
            $lines = $null | & env -i @set $shell @shellArguments @Script 2>&1
        }
        else {
            $before = $Variables.Keys | ForEach-Object { [System.Collections.DictionaryEntry]::new($_, [Environment]::GetEnvironmentVariable($_)) }
            try {
                $Variables.GetEnumerator() | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Key, $_.Value) }
                $lines = $null | & $shell @shellArguments @Script 2>&1
            }
            finally {
                $before | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Key, $_.Value) }
            }
        }

        [pscustomobject]@{ Code = $LASTEXITCODE; Text = "$lines" }
    }

    function Start-Run([hashtable]$Variables, [string[]]$Arguments) {
        Start-Shell $Variables (@((Join-Path $samples 'unattended/Invoke-TruebitRun.ps1'), '-Module', $manifest) + $Arguments)
    }

    $sandbox = Start-TruebitSandbox
    $withKey = @{ TRUEBIT_API_KEY = $sandbox.ApiKey.Reveal() }
    $atHub = '-Endpoint', "$($sandbox.Endpoint)"
}

AfterAll {
    Stop-TruebitSandbox
    Remove-Module Truebit
}

Describe 'A run with nobody watching' {
    BeforeEach {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $csv = Join-Path $folder 'orders.csv'
        $charges = $sandbox.Charges
        $rows = '-Csv', $csv, '-Namespace', 'sandbox'
    }

    It 'ends with 0 where all rows end well, and pays for none of them a second time' {
        New-Row 5 | Select-Object *, @{ n = 'Method'; e = { 'GET' } } | Export-Csv $csv -NoTypeInformation

        $first = Start-Run $withKey ($rows + $atHub + '-TaskName', 'echo', '-Key', 'OrderId')
        $second = Start-Run $withKey ($rows + $atHub + '-TaskName', 'echo', '-Key', 'OrderId')

        $first.Text | Should -BeNullOrEmpty -Because 'cron mails whatever is written'
        $first.Code, $second.Code | Should -Be (0, 0)
        $sandbox.Charges - $charges | Should -Be 5
        $results = Import-Csv (Join-Path $folder 'orders.results.csv')
        $results.OrderId | Should -Be ('A-1', 'A-2', 'A-3', 'A-4', 'A-5')
        $results.Status | Select-Object -Unique | Should -Be 'Success'
        Get-Content (Join-Path $folder 'orders.log') -Raw | Should -Match '5 Success'
        Get-Content (Join-Path $folder 'orders.log') -Raw | Should -Not -Match ([regex]::Escape($withKey.TRUEBIT_API_KEY))
    }

    It 'ends with 1 where rows fail, and has a line for each of them' {
        Copy-Item (Join-Path $samples 'orders.csv') $csv

        $run = Start-Run $withKey (@('-Csv', $csv) + $atHub)

        $run.Code | Should -Be 1 -Because $run.Text
        $run.Text | Should -Match '1 InvalidRequest'
        $results = Import-Csv (Join-Path $folder 'orders.results.csv')
        $results.Count | Should -Be 14
        ($results | Where-Object Status -EQ InvalidRequest).Error | Should -Match 'status'
    }

    It 'ends with 2 where rows are left, and the next start goes on' {
        New-Row 5 | Select-Object *, @{ n = 'Method'; e = { 'GET' } } | Export-Csv $csv -NoTypeInformation

        $first = Start-Run $withKey ($rows + $atHub + '-TaskName', 'echo', '-TimeBudget', '0')
        $second = Start-Run $withKey ($rows + $atHub + '-TaskName', 'echo')

        $first.Code | Should -Be 2 -Because $first.Text
        $first.Text | Should -Match 'Rows not sent: 5'
        $second.Code | Should -Be 0 -Because $second.Text
        $sandbox.Charges - $charges | Should -Be 5
    }

    It 'ends with 2 where the payer cannot cover all rows' {
        $poor = Start-TruebitSandbox -Balance 2
        New-Row 5 | Select-Object *, @{ n = 'Method'; e = { 'GET' } } | Export-Csv $csv -NoTypeInformation

        $run = Start-Run @{ TRUEBIT_API_KEY = $poor.ApiKey.Reveal() } ($rows + '-Endpoint', "$($poor.Endpoint)", '-TaskName', 'echo')

        $run.Code | Should -Be 2 -Because $run.Text
        $run.Text | Should -Match '2 Success'
    }

    It 'ends with 3 without <What>' -ForEach @(
        @{ What = 'rows'; Variables = @{}; Arguments = @(); Match = 'Say with -Csv' }
        @{ What = 'a file'; Variables = @{}; Arguments = '-Csv', 'none.csv'; Match = 'none\.csv' }
        @{ What = 'a key'; Variables = @{}; Match = 'No API key was found' }
        @{ What = 'the right key'; Variables = @{ TRUEBIT_API_KEY = 'wrong' }; Match = 'refused the API key' }
        @{ What = 'a hub'; Variables = @{ TRUEBIT_API_KEY = 'k' }; Endpoint = 'http://127.0.0.1:9'; Match = 'did not answer' }
    ) {
        Set-Content $csv 'Path,Method', '/1,GET'
        $given = if ($null -eq $Arguments) { $rows + '-TaskName', 'echo' } else { $Arguments }
        $address = if ($Endpoint) { '-Endpoint', $Endpoint } else { $atHub }

        $run = Start-Run $Variables ($given + $address)

        $run.Code | Should -Be 3 -Because $run.Text
        $run.Text | Should -Match $Match
        $sandbox.Charges | Should -Be $charges
    }

    It 'ends with 3 where it fails before the first row was sent, with 2 where it fails later' {
        Set-Content $csv 'Pfad;Methode', '/1;GET'
        (Start-Run $withKey ($rows + $atHub + '-TaskName', 'echo')).Code | Should -Be 3

        # The results cannot be moved to their name, because it is a folder's.
        Set-Content $csv 'Path,Method', '/1,GET'
        New-Item -ItemType File -Force (Join-Path $folder 'orders.results.csv/orders.results.new/here') | Out-Null
        (Start-Run $withKey ($rows + $atHub + '-TaskName', 'echo')).Code | Should -Be 2
    }
}

# On Windows a store can only be in the user's profile, which is left alone.
Describe 'A vault that wants a password' -Skip:([bool]$env:LOCALAPPDATA) {
    BeforeAll {
        $setUp = Join-Path $TestDrive 'setup.ps1'
        Set-Content $setUp @'
param([string]$Key)
Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
$password = ConvertTo-SecureString 'for-tests' -AsPlainText -Force
Set-SecretStoreConfiguration -Authentication None -Interaction None -Confirm:$false -Password $password
Register-SecretVault -Name Store -ModuleName Microsoft.PowerShell.SecretStore
Set-Secret -Name TruebitApiKey -Secret $Key -Vault Store
Set-SecretStoreConfiguration -Authentication Password -Interaction None -Confirm:$false -Password $password
'@
        $at = @{ HOME = (New-Item -ItemType Directory (Join-Path $TestDrive 'home')).FullName; PSModulePath = $modules }
        (Start-Shell $at ($setUp, $withKey.TRUEBIT_API_KEY)).Text | Should -BeNullOrEmpty
        $csv = Join-Path $TestDrive 'rows.csv'
        Set-Content $csv 'Path,Method', '/1,GET'
        $rows = '-Csv', $csv, '-Namespace', 'sandbox', '-TaskName', 'echo'
    }

    It 'is said to be locked, where the key is <Key>' -ForEach @(
        @{ Key = 'ambient'; Arguments = @() }
        @{ Key = 'named'; Arguments = '-SecretName', 'TruebitApiKey' }
    ) {
        $run = Start-Run $at ($rows + $atHub + $Arguments)

        $run.Code | Should -Be 3 -Because $run.Text
        $run.Text | Should -Match "A vault is locked, so the secret 'TruebitApiKey' could not be read"
    }

    It 'is no trouble once it needs none' {
        $unlock = Join-Path $TestDrive 'unlock.ps1'
        Set-Content $unlock 'Set-SecretStoreConfiguration -Authentication None -Interaction None -Confirm:$false -Password (ConvertTo-SecureString for-tests -AsPlainText -Force)'
        Start-Shell $at $unlock

        $run = Start-Run $at ($rows + $atHub)

        $run.Code | Should -Be 0 -Because $run.Text
    }
}

Describe 'Test-TruebitConnection' {
    It 'names the proxy, and not its password' {
        $script = Join-Path $TestDrive 'proxy.ps1'
        Set-Content $script @"
Import-Module '$manifest'
`$test = Test-TruebitConnection -ErrorAction SilentlyContinue -ErrorVariable failed
"Proxy: `$(`$test.Proxy)"
`$test | Format-List
"`$(`$failed[0].FullyQualifiedErrorId) `$failed"
"@
        $run = Start-Shell @{ HTTPS_PROXY = 'http://user:pass-word@127.0.0.1:9'; TRUEBIT_API_KEY = 'k' } $script

        $run.Text | Should -Match 'HubUnreachable,'
        $run.Text | Should -Match 'Proxy: http://127.0.0.1:9/'
        $run.Text | Should -Not -Match 'pass-word'
    }
}
