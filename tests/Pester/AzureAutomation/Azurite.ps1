# Azurite: the storage service's own emulator, whose leases, conditions and blocks are the real ones. It is installed from npm once, beside
# the build's other intermediate files (about 20 s), and runs on a free port of this machine, in memory.
$azuriteVersion = '3.37.0'
$azuriteFolder = Join-Path $PSScriptRoot '../../AzureStorage/obj/azurite'

function Test-Azurite {
    $package = Join-Path $azuriteFolder 'node_modules/azurite/package.json'
    (Test-Path $package) -and (Get-Content $package -Raw | ConvertFrom-Json).version -eq $azuriteVersion
}

# Whether it is there, or could be installed: a machine may have no npm, or npm no network.
function Install-Azurite {
    if (Test-Azurite) { return $true }
    if (-not (Get-Command npm, node -CommandType Application -ErrorAction Ignore | Select-Object -Skip 1)) { return $false }

    New-Item -ItemType Directory -Path $azuriteFolder -Force | Out-Null

    # Test files may run side by side, and one folder takes one installation at a time.
    $turn = [System.Threading.Mutex]::new($false, 'Global\truebit-azurite')
    try { $turn.WaitOne() | Out-Null } catch [System.Threading.AbandonedMutexException] { Write-Verbose 'Another run was killed while it installed.' }
    if (Test-Azurite) { $turn.ReleaseMutex(); return $true }
    $log = npm install --prefix $azuriteFolder --no-save --no-package-lock --no-audit --no-fund --loglevel=error --fetch-retries=1 "azurite@$azuriteVersion" 2>&1
    if ($LASTEXITCODE) { Write-Warning "The runbooks are not tested, because npm could not install azurite@${azuriteVersion}: $log" }
    $turn.ReleaseMutex()
    Test-Azurite
}

# Starts it, and gives the process and the connection string.
function Start-Azurite {
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    $key = [Convert]::ToBase64String([guid]::NewGuid().ToByteArray())
    $env:AZURITE_ACCOUNTS = "data:$key"
    $start = @{
        FilePath               = (Get-Command node -CommandType Application | Select-Object -First 1).Source
        ArgumentList           = (Join-Path $azuriteFolder 'node_modules/azurite/dist/src/blob/main.js'), '--blobPort', $port, '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent'
        RedirectStandardOutput = Join-Path $TestDrive 'azurite.out'
        RedirectStandardError  = Join-Path $TestDrive 'azurite.err'
        WorkingDirectory       = "$TestDrive"
        PassThru               = $true
    }
    $process = Start-Process @start
    Wait-Until {
        if ($process.HasExited) { throw "Azurite ended: $(Get-Content (Join-Path $TestDrive 'azurite.err') -Raw)" }
        $client = [System.Net.Sockets.TcpClient]::new()
        try { $client.Connect('127.0.0.1', $port); $true } catch { $false } finally { $client.Dispose() }
    } 'Azurite'
    [pscustomobject]@{ Process = $process; Connection = "DefaultEndpointsProtocol=http;AccountName=data;AccountKey=$key;BlobEndpoint=http://127.0.0.1:$port/data;" }
}
