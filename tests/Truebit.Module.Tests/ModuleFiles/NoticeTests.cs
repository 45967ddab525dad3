namespace Truebit.Module.Tests.ModuleFiles;

/// <summary>Licenses want to be told: THIRD-PARTY-NOTICES.txt ships with the module and names what is not its own.</summary>
public sealed class NoticeTests
{
    [Fact]
    public void The_notices_name_all_assemblies_of_others_that_ship_and_no_more()
    {
        IEnumerable<string?> shipped = Directory.GetFiles(Path.Combine(Repository.ModuleFolder, "bin"), "*.dll", SearchOption.AllDirectories)
            .Select(Path.GetFileName)
            .Where(static name => !name!.StartsWith("Truebit.", StringComparison.Ordinal));

        IEnumerable<string> named = File.ReadLines(Path.Combine(Repository.ModuleFolder, "THIRD-PARTY-NOTICES.txt"))
            .Where(static line => line.EndsWith(".dll", StringComparison.Ordinal));

        Assert.Equal(shipped.Distinct().Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }
}
