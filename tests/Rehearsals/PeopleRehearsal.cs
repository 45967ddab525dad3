using System.Globalization;
using System.Text.Json;
using Truebit.Sandbox;

namespace Truebit.Rehearsals;

/// <summary>
/// People who make mistakes, on a hub whose ledger tells what they were charged for: nothing that they did not mean, nothing twice, and
/// where something that they meant was not sent, they were told.
/// </summary>
internal static class PeopleRehearsal
{
    /// <summary>Runs the command of each person, and writes how often they were told of something.</summary>
    private const string Script = """
        Import-Module $env:REHEARSAL_MODULE
        $env:TRUEBIT_API_KEY = $env:REHEARSAL_KEY
        Connect-Truebit -Endpoint $env:REHEARSAL_ENDPOINT
        $other = $env:REHEARSAL_OTHER
        $otherKey = ConvertTo-SecureString $env:REHEARSAL_OTHER_KEY -AsPlainText -Force
        $out = [System.IO.StreamWriter]::new($env:REHEARSAL_OUT)
        foreach ($person in Get-Content $env:REHEARSAL_PEOPLE -Raw | ConvertFrom-Json) {
            $journal = "$($person.File).journal"
            $said = foreach ($step in @{ File = $person.First; Command = $person.Command }, @{ File = $person.File; Command = $person.Second }) {
                if ($step.Command) {
                    $csv = $step.File
                    try {
                        & ([scriptblock]::Create($step.Command)) 2>&1 3>&1 | Where-Object {
                            $_ -is [System.Management.Automation.ErrorRecord] -or $_ -is [System.Management.Automation.WarningRecord] }
                    } catch { $_ }
                }
            }
            $out.WriteLine("$($person.Number) $(@($said).Count) $("$(@($said)[0])".Split("`n")[0])")
        }
        $out.Dispose()
        """;

    public static async Task<string> RunAsync(int people, int seed, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("truebit-people-").FullName;
        try
        {
            using SandboxHub hub = SandboxHub.Start(new SandboxOptions());
            using SandboxHub other = SandboxHub.Start(new SandboxOptions());
            Person[] all = [.. Enumerable.Range(1, people).Select(number => new Person(number, seed))];
            Dictionary<int, (int Said, string First)> told = await RunAsync(all, hub, other, folder, cancel);
            Dictionary<int, List<string>> charged = hub.Ledger.Concat(other.Ledger).GroupBy(static charge => Number(charge)).ToDictionary(
                static charges => charges.Key, static charges => charges.Select(static charge => Body(charge)).ToList());

            int rows = 0, sent = 0, silent = 0;
            foreach (Person person in all)
            {
                string who = $"person {person.Number} of seed {seed} ({string.Join(", ", person.Mistakes)}; {person.Command()}; {person.Second()})";
                List<string> bodies = charged.TryGetValue(person.Number, out List<string>? found) ? found : [];
                string[] surprises = [.. bodies.Where(body => !person.Meant.Contains(body))];
                Rows.Check(surprises.Length == 0, $"{who} was charged for {string.Join(" and ", surprises)}, and meant {string.Join(" and ", person.Meant)}");
                Rows.Check(bodies.Count == bodies.Distinct().Count(), $"{who} was charged twice");
                Rows.Check(told.ContainsKey(person.Number), $"{who} has no end");
                Rows.Check(bodies.Count == person.Meant.Count || told[person.Number].Said > 0, $"{who} was not told why {person.Meant.Count - bodies.Count} orders were not sent");
                rows += person.Meant.Count;
                sent += bodies.Count;
                silent += told[person.Number].Said == 0 ? 1 : 0;
            }

            return $"{people} people with {rows} orders: {sent} charged, each as it was meant; {people - silent} people were told of a mistake";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Dictionary<int, (int Said, string First)>> RunAsync(Person[] people, SandboxHub hub, SandboxHub other, string folder, CancellationToken cancel)
    {
        foreach (Person person in people)
        {
            await File.WriteAllBytesAsync(FileOf(person), person.File(), cancel);
            await File.WriteAllBytesAsync(FirstFileOf(person), person.FirstFile ?? person.File(), cancel);
        }

        string output = Path.Combine(folder, "out");
        string list = Path.Combine(folder, "people.json");
        await File.WriteAllTextAsync(list, JsonSerializer.Serialize(people.Select(person => new { person.Number, First = FirstFileOf(person), File = FileOf(person), Command = person.Command(), Second = person.Second() })), cancel);
        Dictionary<string, string> variables = Rows.Variables(hub.Endpoint, hub.ApiKey, people.Length, 1, output);
        variables["REHEARSAL_PEOPLE"] = list;
        variables["REHEARSAL_OTHER"] = other.Endpoint.ToString();
        variables["REHEARSAL_OTHER_KEY"] = other.ApiKey;
        using (ScriptHost host = new(Script, variables))
        {
            await host.RunAsync(cancel);
        }

        return File.ReadLines(output).Select(static line => line.Split(' ', 3)).ToDictionary(
            static parts => int.Parse(parts[0], CultureInfo.InvariantCulture), static parts => (int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]));

        string FileOf(Person person) => Path.Combine(folder, $"{person.Number}.csv");

        string FirstFileOf(Person person) => Path.Combine(folder, $"{person.Number}.first.csv");
    }

    private static int Number(SandboxCharge charge)
    {
        using JsonDocument input = JsonDocument.Parse(charge.Input);
        string path = input.RootElement.GetProperty("path").GetString()!;
        return int.Parse(path[(path.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
    }

    private static string Body(SandboxCharge charge)
    {
        using JsonDocument input = JsonDocument.Parse(charge.Input);
        return input.RootElement.TryGetProperty("body", out JsonElement body) ? Person.Canonical(body) : "nothing";
    }
}
