# What each pod of the Job runs: one shard of the rows. Its journal and its results lie on a volume that outlives the pod, so the pod that
# takes the place of a lost one goes on where that ended. Exit code 0: every row has come to an end, also those that failed or are unknown,
# which results.csv tells. 1: another start gets further, and Kubernetes makes one.
$ErrorActionPreference = 'Stop'
$others = Get-ChildItem "$env:STATE/*-of-*.journal" | Where-Object Name -NotLike "*-of-$env:SHARDS.journal"
if ($others) {
    throw "The run was begun with another number of shards ($(@($others)[0].Name)), and its rows would be paid for again. Nothing was sent."
}

$index = [int]$env:JOB_COMPLETION_INDEX + 1
$file = "$env:STATE/$index-of-$env:SHARDS"
$left = 0
Import-Csv $env:ROWS |
    Invoke-TruebitTask -Endpoint $env:HUB -Key OrderId -Shard "$index/$env:SHARDS" -Journal "$file.journal" -AsRow |
    ForEach-Object {
        if ($_.Status -in 'NotSent', 'PaymentRequired', 'HubUnreachable', 'RateLimited', 'WaitTimeout') { $left++ }
        $_
    } |
    Export-Csv "$file.csv"
if ($left) {
    "$left rows are left for another start."
    exit 1
}
