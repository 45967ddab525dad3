# Loads the assemblies for this edition of PowerShell. On PowerShell 7 they get a load context of their own, so that
# they never meet those of another module. Only Microsoft.PowerShell.Core and .NET are used here.

if ($PSVersionTable.PSEdition -eq 'Core') {
    [void][System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'net8.0', 'Truebit.Loader.dll'))
    $assembly = [Truebit.Loader.ModuleLoadContext]::LoadModule()
}
else {
    $assembly = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'net472', 'Truebit.Module.dll'))
}

$lifetime = $assembly.GetType('Truebit.ModuleLifetime')
$lifetime::OnImport()
$ExecutionContext.SessionState.Module.OnRemove = { $lifetime::OnRemove() }

$inner = Import-Module -Assembly $assembly -PassThru

# An assembly that was imported before is taken from a cache, and its cmdlets do not reach this module
# (PowerShell issue 20710).
$module = $ExecutionContext.SessionState.Module
$addCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
    if (-not $module.ExportedCmdlets.ContainsKey($cmdlet.Name)) {
        [void]$addCmdlet.Invoke($module, @(, $cmdlet))
    }
}
