using System.Text.Json;
using System.Xml.Linq;
using Truebit.Rehearsals;

namespace Truebit.Pester.Tests;

public sealed class PinTests
{
    [Fact]
    public void The_shell_of_users_is_the_shell_of_the_tests()
    {
        using JsonDocument tools = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, ".config", "dotnet-tools.json")));
        XDocument packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        Assert.Equal(
            packages.Descendants("PowerShellVersion").Single().Value,
            tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString());
    }
}
