using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.ModuleFiles;

public sealed class FormatFileTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_views_are_for_types_and_properties_that_exist()
    {
        XElement[] views = [.. XDocument.Load(Path.Combine(Repository.ModuleFolder, "Truebit.Format.ps1xml")).Descendants("View")];

        Assert.NotEmpty(views);
        foreach (XElement view in views)
        {
            string name = view.Descendants("TypeName").Single().Value;
            Type? type = ModuleAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(static found => found is not null);
            Assert.True(type is { IsPublic: true }, $"There is no type '{name}'.");
            Assert.All(view.Descendants("PropertyName"), property => Assert.NotNull(type.GetProperty(property.Value)));
        }
    }

    [Fact]
    public void No_view_has_a_column_more_or_less_than_its_header()
    {
        XDocument file = XDocument.Load(Path.Combine(Repository.ModuleFolder, "Truebit.Format.ps1xml"));

        Assert.All(
            file.Descendants("TableControl"),
            static table => Assert.Equal(table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count()));
    }

    [Fact]
    public void What_is_shown_after_another_type_is_of_properties_that_exist()
    {
        XElement[] types = [.. XDocument.Load(Path.Combine(Repository.ModuleFolder, "Truebit.Types.ps1xml")).Root!.Elements("Type")];

        Assert.NotEmpty(types);
        foreach (XElement element in types)
        {
            string name = element.Element("Name")!.Value;
            Type? type = ModuleAssemblies()[0].GetType(name);
            Assert.True(type is { IsPublic: true }, $"There is no type '{name}'.");
            Assert.All(element.Descendants("ReferencedProperties").Elements("Name"), property => Assert.NotNull(type.GetProperty(property.Value)));
        }
    }

    [Theory]
    [InlineData("$e")]
    [InlineData("$e | Get-TruebitTranscript -Wait")]
    [InlineData("$e | Get-TruebitInvoice -Wait")]
    public void After_another_type_no_whole_answer_is_shown(string command)
    {
        _engine.ConnectSandbox().Ok("$e = Invoke-TruebitTask sandbox echo -Method GET -Path /x");

        string[] shown = _engine.Show($"& {{ 1 | Group-Object -NoElement; {command} }} | Out-Host");

        Assert.Contains(shown, static line => line.StartsWith("ExecutionId", StringComparison.Ordinal));
        Assert.DoesNotContain(shown, static line => line.StartsWith("RawJson", StringComparison.Ordinal));
    }

    private Assembly[] ModuleAssemblies()
    {
        Assembly module = ((CmdletInfo)_engine.Ok("Get-Command Invoke-TruebitTask").Output.Single().BaseObject).ImplementingType.Assembly;
        return [module, AssemblyLoadContext.GetLoadContext(module)!.LoadFromAssemblyName(new AssemblyName("Truebit.Proof"))];
    }
}
