@{
    RootModule             = 'Truebit.psm1'
    ModuleVersion          = '0.2.0'
    GUID                   = '5f0e4a41-5c0c-4c55-9a54-0f3f3d2f6a7e'
    Author                 = 'Truebit for PowerShell contributors'
    CompanyName            = 'Truebit for PowerShell contributors'
    Copyright              = 'MIT License'
    Description            = 'Executes Truebit Verify API tasks from the pipeline: bounded, awaited, typed, and never paid twice by the module. Comes with a local sandbox hub.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('Truebit.Format.ps1xml')
    TypesToProcess         = @('Truebit.Types.ps1xml')
    CmdletsToExport        = @(
        'Compare-TruebitJournal'
        'Connect-Truebit'
        'Disconnect-Truebit'
        'Export-TruebitEvidence'
        'Export-TruebitReport'
        'Get-TruebitExecution'
        'Get-TruebitInvoice'
        'Get-TruebitJournal'
        'Get-TruebitSandbox'
        'Get-TruebitSession'
        'Get-TruebitTranscript'
        'Invoke-TruebitFunction'
        'Invoke-TruebitTask'
        'Merge-TruebitJournal'
        'Repair-TruebitJournal'
        'Set-TruebitJournal'
        'New-TruebitHeaderSet'
        'New-TruebitTaskTemplate'
        'Resolve-TruebitJournal'
        'Split-TruebitJournal'
        'Start-TruebitSandbox'
        'Stop-TruebitSandbox'
        'Test-TruebitConnection'
        'Test-TruebitProof'
        'Test-TruebitTask'
        'Wait-TruebitExecution'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags       = @('Truebit', 'API', 'Automation', 'Verification', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
