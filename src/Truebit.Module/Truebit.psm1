# Each edition of PowerShell has an assembly of its own. By path, and nothing computed: each operator and each member that a script uses
# costs milliseconds when it first runs (docs/design.md, "Loading"). With -Force, an Import-Module -Force removes this nested module, too.
Import-Module "$PSScriptRoot/bin/$PSEdition/Truebit.Module.dll" -Force
