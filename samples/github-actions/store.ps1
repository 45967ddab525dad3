# Keeps journals in a container of Azure's blob storage: $env:STORE is its address with a SAS token (rights: read, create, write). A runner
# leases the journal that it works on, and storage refuses whatever is written under another lease: a runner that was cut off, and
# replaced, cannot come back and overwrite what the other one has finished. Another store needs the same.

$leaseId = "$([guid]::NewGuid())"

# Tries again as long as the store cannot be reached or says that the fault is its own.
function Invoke-Store([string]$Method, [string]$Name, [string]$Query, [hashtable]$Headers = @{}, [hashtable]$More = @{}, [int[]]$Expected = (200, 201)) {
    $container, $token = $env:STORE.Split('?')
    $request = @{
        Method             = $Method
        Uri                = "$container/${Name}?$Query&$token"
        Headers            = $Headers + @{ 'x-ms-blob-type' = 'BlockBlob' }
        ContentType        = 'text/plain'
        TimeoutSec         = 100
        SkipHttpErrorCheck = $true
    }
    for ($try = 1; $try -le 5; $try++) {
        $answer = try { Invoke-WebRequest @request @More } catch { $_.Exception }
        if ($answer.StatusCode -in $Expected) { return $answer }
        if ($answer.StatusCode -ge 400 -and $answer.StatusCode -lt 500) { break }
        Start-Sleep -Seconds 3
    }

    $why = if ($answer -is [Exception]) { $answer.Message } else { "$($answer.StatusCode) $($answer.Headers['x-ms-error-code'])" }
    throw "$Method $Name $Query failed in the store: $why"
}

# Writes a blob unless it is there.
function Add-Blob([string]$Name, [string]$Text) {
    Invoke-Store Put $Name -Headers @{ 'If-None-Match' = '*' } -More @{ Body = $Text } -Expected 201, 409, 412 | Out-Null
}

# The shards of a run are of one number. Those of another would take rows for new that were paid for.
function Assert-SameCount([string]$Run, [string]$Count) {
    Add-Blob "$Run.shards" $Count
    $begun = (Invoke-Store Get "$Run.shards").Content
    if ($begun -ne $Count) { throw "The run '$Run' was begun with $begun shards, and its rows would be paid for again. Nothing was sent." }
}

# Takes over the journal, and downloads it. A new one is empty, and no file then.
function Enter-Journal([string]$Name, [string]$Path) {
    Add-Blob $Name ''
    $lease = @{ 'x-ms-lease-action' = 'acquire'; 'x-ms-lease-duration' = '60'; 'x-ms-proposed-lease-id' = $leaseId }
    for ($try = 1; (Invoke-Store Put $Name 'comp=lease' $lease -Expected 201, 409).StatusCode -eq 409; $try++) {
        # A runner that has vanished holds its lease for a minute.
        if ($try -ge 8) { throw "Another runner works on '$Name'. Nothing was sent." }
        Start-Sleep -Seconds 10
    }

    Receive-Journal $Name $Path
    if ((Get-Item $Path).Length -eq 0) { Remove-Item $Path }
}

function Receive-Journal([string]$Name, [string]$Path) {
    Invoke-Store Get $Name -More @{ OutFile = $Path; PassThru = $true } | Out-Null
}

# The lease is renewed first: that of another runner, or one that was given back, cannot be.
function Save-Journal([string]$Name, [string]$Path) {
    Invoke-Store Put $Name 'comp=lease' @{ 'x-ms-lease-action' = 'renew'; 'x-ms-lease-id' = $leaseId } | Out-Null
    Invoke-Store Put $Name -Headers @{ 'x-ms-lease-id' = $leaseId } -More @{ InFile = $Path } | Out-Null
}

function Exit-Journal([string]$Name) {
    Invoke-Store Put $Name 'comp=lease' @{ 'x-ms-lease-action' = 'release'; 'x-ms-lease-id' = $leaseId } -Expected 200, 409 | Out-Null
}
