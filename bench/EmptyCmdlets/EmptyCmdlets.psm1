Import-Module "$PSScriptRoot/EmptyCmdlets.dll" -Force
