# What the last job runs: one journal and one results file in $env:RUNNER_TEMP/merged, of the journals in the store and of the results in
# $env:RESULTS.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/store.ps1"
$merged = (New-Item -ItemType Directory "$env:RUNNER_TEMP/merged").FullName
$journals = 1..$env:SHARDS | ForEach-Object {
    $journal = "$env:RUNNER_TEMP/$_.journal"
    Receive-Journal "$env:RUN.$_-of-$env:SHARDS.journal" $journal
    $journal
}
$journals | Merge-TruebitJournal -Destination "$merged/all.journal"
Get-ChildItem "$env:RESULTS/*.csv" | Import-Csv | Sort-Object { [int]$_.Row } | Export-Csv "$merged/results.csv"
Import-Csv "$merged/results.csv" | Group-Object Status -NoElement | ForEach-Object { "$($_.Name): $($_.Count)" }
