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

    private Assembly[] ModuleAssemblies()
    {
        Assembly module = ((CmdletInfo)_engine.Ok("Get-Command Invoke-TruebitTask").Output.Single().BaseObject).ImplementingType.Assembly;
        return [module, AssemblyLoadContext.GetLoadContext(module)!.LoadFromAssemblyName(new AssemblyName("Truebit.Proof"))];
    }
}
