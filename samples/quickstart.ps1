# A first script: tasks in, typed results out, on a local hub that costs nothing.
#
#   dotnet run samples/quickstart.cs    needs only the .NET SDK: builds the module, and runs this in the pinned PowerShell
#   ./samples/quickstart.ps1            in a PowerShell of your own, after ./build.ps1

Import-Module "$PSScriptRoot/../out/Truebit/Truebit.psd1" -ErrorAction Stop

# The sandbox stands in for the Truebit hub. For the real one, connect with your own key instead,
#   Connect-Truebit -SecretName TruebitApiKey
# and name your own namespace and tasks below. Nothing else changes, except that every execution may cost money.
$sandbox = Start-TruebitSandbox -Latency 00:00:00.3

try {
    $sandbox | Connect-Truebit

    "`n1. A task by its name. Three orders for the pet store, one after the other:"
    foreach ($id in 1, 2, 3) {
        $order = [ordered]@{ id = $id; petId = 198772; quantity = 7; status = 'placed'; complete = $false }
        Invoke-TruebitTask -Namespace sandbox -TaskName petstore -Method POST -Path /store/order -Body $order
    }

    # The file's columns name the parameters, and fields inside them (body.petId). ':integer' makes a cell a number; an
    # empty cell leaves its field out. Rows run side by side and come back as they finish: the GET and DELETE rows are
    # about the orders above, because they must not wait for another row. (-ThrottleLimit 1 runs one row at a time.)
    "`n2. Every row is a task. The hub rejects one of them, and the others go on. Order 404 does not exist:"
    Import-Csv "$PSScriptRoot/orders.csv" | Invoke-TruebitTask

    # -Async does not wait. What it returns is all that Get-TruebitExecution needs, now or later.
    "`n3. Started now, fetched later:"
    $get = @{ Method = 'GET'; Path = '/store/order/{orderId}'; Params = @{ orderId = 1 } }
    $running = Invoke-TruebitTask -Namespace sandbox -TaskName petstore @get -Async
    $running
    $done = $running | Get-TruebitExecution -Wait
    $done
    "Order 1 is $($done.Output.status), for $($done.Output.quantity) pieces."

    # Headers for the server that the task calls. Your scripts would take the token from a vault; here it is made up.
    # -Sync asks the hub to answer with the result itself: for one quick task that is a single round trip.
    "`n4. A secret header shows its name only. Did the target get its value?"
    $secret = [guid]::NewGuid().ToString()
    $token = [System.Net.NetworkCredential]::new('', $secret).SecurePassword
    $headers = New-TruebitHeaderSet -BearerToken $token -Header @{ 'X-Request-ID' = 'quickstart-1' }
    $headers
    $echo = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /hello -Headers $headers -Sync
    $echo.Output.headers.Authorization -ceq "Bearer $secret"

    "`n5. The sandbox keeps count, so you know what a script costs before it meets the real hub:"
    Get-TruebitSandbox
}
finally {
    Disconnect-Truebit
    Stop-TruebitSandbox
}
