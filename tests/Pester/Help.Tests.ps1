#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Get-Help, and every example of docs/cmdlets, in a real shell.

BeforeDiscovery {
    $pattern = '(?ms)^### (?<title>Example \d+: [^\r\n]+)\s+```powershell\r?\n(?<code>.*?)^```(?<text>.*?)(?=^##)'
    $examples = foreach ($page in Get-ChildItem (Join-Path $PSScriptRoot '../../docs/cmdlets/*.md')) {
        foreach ($match in [regex]::Matches((Get-Content $page -Raw), $pattern)) {
            @{
                Cmdlet = $page.BaseName
                Title  = $match.Groups['title'].Value
                Code   = $match.Groups['code'].Value
                Errors = @([regex]::Matches($match.Groups['text'].Value, 'ErrorId\s+`(\w+)`') | ForEach-Object { $_.Groups[1].Value })
            }
        }
    }
    $pages = Get-ChildItem (Join-Path $PSScriptRoot '../../docs/cmdlets/*.md') | ForEach-Object { @{ Cmdlet = $_.BaseName } }
    $abouts = (Get-ChildItem (Join-Path $PSScriptRoot '../../docs/about/*.md')).BaseName
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')

    # What the examples find around them: files, a session with a sandbox, a vault, and somebody who answers prompts.
    $prelude = {
        param($Module, $Folder)
        Import-Module $Module
        Set-Location $Folder
        New-Module -Name Microsoft.PowerShell.SecretManagement {
            function Get-Secret { ConvertTo-SecureString 'made-up' -AsPlainText -Force }
        } | Import-Module
        function Read-Host { ConvertTo-SecureString 'made-up' -AsPlainText -Force }
        function Get-Credential { [pscredential]::new('user', (Read-Host)) }
        Start-TruebitSandbox | Connect-Truebit
    }
}

AfterAll {
    Remove-Module Truebit
}

Describe 'Get-Help' {
    It 'knows <Cmdlet>' -ForEach $pages {
        $help = Get-Help $Cmdlet -Full
        $help.Synopsis | Should -Not -BeLike "*$Cmdlet*"
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        $help | Out-String | Should -Match 'RELATED LINKS'
        Get-Help $Cmdlet -Examples | Out-String | Should -Match 'Example 1: '
    }

    It 'shows every parameter of <Cmdlet>' -ForEach $pages {
        $common = [System.Management.Automation.Internal.CommonParameters].GetProperties().Name
        $names = (Get-Command $Cmdlet).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
        $shown = if ($names) { Get-Help $Cmdlet -Parameter * }
        $shown.name | Sort-Object | Should -Be $names
        $shown | ForEach-Object { $_.description.Text | Should -Not -BeNullOrEmpty }
    }

    It 'shows <_>' -ForEach $abouts {
        Get-Help $_ | Out-String | Should -Match 'LONG DESCRIPTION'
    }
}

Describe 'An example' {
    It '<Cmdlet>, <Title>' -ForEach $examples {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        [void](New-Item $folder -ItemType Directory)
        Copy-Item (Join-Path $samples 'orders.csv'), (Join-Path $samples 'petstore.manifest.json') $folder
        Set-Content (Join-Path $folder 'order.input.json') @'
{
  "namespace": "sandbox", "taskName": "petstore", "executionTimeout": 10000, "async": false,
  "input": { "path": "/store/order", "method": "POST", "body": { "id": 21, "petId": 198772, "shipDate": "2077-08-24T14:15:22Z" } }
}
'@
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        try {
            [void]$shell.AddScript($prelude).AddArgument($manifest).AddArgument($folder).Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.Commands.Clear()
            $found = @(
                try { [void]$shell.AddScript($Code).Invoke() }
                catch { $_.Exception.InnerException.ErrorRecord.FullyQualifiedErrorId }
                $shell.Streams.Error.FullyQualifiedErrorId
            ) | Where-Object { $_ } | ForEach-Object { $_.Split(',')[0] } | Sort-Object -Unique
            $found | Should -Be @($Errors | Sort-Object -Unique) -Because "$($shell.Streams.Error)"
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}
