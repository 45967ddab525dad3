# What each job of the matrix runs: one shard of the rows. A runner may vanish with its disk, so the journal goes to a store before the
# requests in it leave; a job that is run again goes on from there. Exit code 0: every row has come to an end, also those that failed or
# are unknown, which the results tell. 1: "Re-run failed jobs" gets further.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/store.ps1"
$name = "$env:RUN.$env:SHARD-of-$env:SHARDS"
$journal = "$env:RUNNER_TEMP/$name.journal"
Assert-SameCount $env:RUN $env:SHARDS
Enter-Journal "$name.journal" $journal
try {
    $left = 0
    $run = @{
        Endpoint   = $env:HUB
        Key        = 'OrderId'
        Shard      = "$env:SHARD/$env:SHARDS"
        Journal    = $journal
        Checkpoint = { Save-Journal "$name.journal" $_ }
        TimeBudget = '05:30:00'    # GitHub ends a job after six hours
        AsRow      = $true
    }
    Import-Csv $env:ROWS |
        Invoke-TruebitTask @run |
        ForEach-Object {
            if ($_.Status -in 'NotSent', 'PaymentRequired', 'HubUnreachable', 'RateLimited', 'WaitTimeout') { $left++ }
            $_
        } |
        Export-Csv "$env:RUNNER_TEMP/$name.csv"
}
finally {
    Exit-Journal "$name.journal"
}

if ($left) {
    "$left rows are left: re-run the failed jobs."
    exit 1
}
