@{
    RootModule           = 'EmptyModule.dll'
    FormatsToProcess     = @('EmptyModule.Format.ps1xml')
    ModuleVersion        = '1.0.0'
    GUID                 = '0d6fa8c2-3d0b-4d59-8f5f-7a2a8c7c5a13'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core')
    CmdletsToExport      = @('Get-Nothing')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
