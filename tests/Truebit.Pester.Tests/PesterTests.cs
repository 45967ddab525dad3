namespace Truebit.Pester.Tests;

/// <summary>Each test of tests/Pester, in a real shell.</summary>
public sealed class PesterTests
{
    /// <summary>Processes that run at a time; the slow files wait for jobs, not for a processor.</summary>
    private const int MaxShells = 2;

    public static TheoryData<string> Files { get; } =
        [.. Directory.GetFiles(PesterFile.Folder, "*.Tests.ps1").Select(static file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>Runs all files, and tells of each test that is in them.</summary>
    public static async Task<IReadOnlyCollection<TheoryDataRow<string, PesterResult>>> RunAsync()
    {
        using SemaphoreSlim places = new(MaxShells);
        PesterResult[][] results = await Task.WhenAll(Files.Select(async file =>
        {
            await places.WaitAsync();
            try
            {
                return await PesterFile.RunAsync((string)file.Data, CancellationToken.None);
            }
            finally
            {
                places.Release();
            }
        }));
        return [.. results.SelectMany(static file => file).Select(static result => new TheoryDataRow<string, PesterResult>(result.Name, result)
        {
            TestDisplayName = $"{result.File}: {result.Name}",
            Skip = result.Result is "Skipped" or "NotRun" ? result.Message ?? "skipped by its file" : null,
        })];
    }

    [Theory]
    [MemberData(nameof(RunAsync), DisableDiscoveryEnumeration = true)]
    public void A_test_passes(string name, PesterResult result) => Assert.True(result.Result == "Passed", $"{name}: {result.Message}");
}
