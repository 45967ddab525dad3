# What the second Job runs when all shards are done: one journal and one results file. It does not write over a journal, because somebody
# may have gone on with it.
$ErrorActionPreference = 'Stop'
Get-ChildItem "$env:STATE/*-of-$env:SHARDS.journal" | Merge-TruebitJournal -Destination "$env:STATE/all.journal"
Get-ChildItem "$env:STATE/*-of-$env:SHARDS.csv" | Import-Csv | Sort-Object { [int]$_.Row } | Export-Csv "$env:STATE/results.csv"
Import-Csv "$env:STATE/results.csv" | Group-Object Status -NoElement | ForEach-Object { "$($_.Name): $($_.Count)" }
