@{
    RootModule           = 'PlainCmdlet.dll'
    ModuleVersion        = '1.0.0'
    GUID                 = '3e1f1f0c-6a55-4f0e-9d7e-0f4f2d4b8a51'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    CmdletsToExport      = @('Read-PlainRow', 'Send-PlainRow')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
