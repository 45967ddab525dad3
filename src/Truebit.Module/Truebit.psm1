# Loads the assemblies for this edition of PowerShell. On PowerShell 7 they get a load context of their own, so that
# they never meet those of another module. Only Microsoft.PowerShell.Core and .NET are used here, and few calls: each
# costs milliseconds when it first runs (docs/design.md, "Loading").

if ($PSEdition -eq 'Core') {
    [void][System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/net8.0/Truebit.Loader.dll")
    $assembly = [Truebit.Loader.ModuleLoadContext]::LoadModule()
}
else {
    $assembly = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot\bin\net472\Truebit.Module.dll")
}

$lifetime = $assembly.GetType('Truebit.ModuleLifetime')
$lifetime::OnImport()
$inner = Import-Module -Assembly $assembly -PassThru
$lifetime::OnImported($ExecutionContext.SessionState.Module, $inner, { $lifetime::OnRemove() })
