namespace Truebit.Module.Tests;

/// <summary>Bulk runs through hubs that fail on purpose, small; `dotnet run -c Release --project bench/Truebit.Bench rehearse` runs them at full size.</summary>
public sealed class RehearsalTests(ITestOutputHelper output)
{
    [Fact]
    public async Task NothingIsPaidTwiceOrLostThroughAHubThatFails() =>
        output.WriteLine(await Rehearsal.FaultsAsync(rows: 1_000, limit: 64, TestContext.Current.CancellationToken));

    [Fact]
    public async Task ARunThatIsKilledGoesOnWithItsJournal() =>
        output.WriteLine(await Rehearsal.KillsAsync(rows: 1_000, limit: 16, kills: 4, seed: 1, TestContext.Current.CancellationToken));

    [Fact]
    public async Task AMalformedAnswerIsAnErrorOfItsRow() =>
        output.WriteLine(await Rehearsal.MalformedAsync(rows: 500, limit: 32, seed: 1, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Whatever_a_hub_answers_nothing_is_executed_twice_and_no_secret_appears() =>
        output.WriteLine(await FuzzRehearsal.RunAsync(rows: 400, limit: 32, seed: 1, TestContext.Current.CancellationToken));

    [Fact]
    public async Task People_are_charged_for_what_they_meant() =>
        output.WriteLine(await PeopleRehearsal.RunAsync(people: 150, seed: 1, TestContext.Current.CancellationToken));
}
