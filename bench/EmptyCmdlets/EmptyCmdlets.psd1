@{
    RootModule           = 'EmptyCmdlets.psm1'
    FormatsToProcess     = @('Truebit.Format.ps1xml')
    ModuleVersion        = '1.0.0'
    GUID                 = '0d6fa8c2-3d0b-4d59-8f5f-7a2a8c7c5a12'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core')
    CmdletsToExport      = @(
        'Get-Empty01'
        'Get-Empty02'
        'Get-Empty03'
        'Get-Empty04'
        'Get-Empty05'
        'Get-Empty06'
        'Get-Empty07'
        'Get-Empty08'
        'Get-Empty09'
        'Get-Empty10'
        'Get-Empty11'
        'Get-Empty12'
        'Get-Empty13'
        'Get-Empty14'
        'Get-Empty15'
        'Get-Empty16'
        'Get-Empty17'
        'Get-Empty18'
        'Get-Empty19'
        'Get-Empty20'
        'Get-Empty21'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
