# The shell that runs this, to start another one like it: Start-Process $shell ($shellArguments + 'script.ps1'), or & $shell @shellArguments script.ps1.
# As a .NET tool it is a dotnet that runs pwsh.dll. What is started is the shell itself, so that killing it ends it.
$shell = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
$shellArguments = @(if ([System.IO.Path]::GetFileNameWithoutExtension($shell) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }) + '-NoProfile', '-NonInteractive', '-File'
