using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Truebit.Module.Tests.Hosting;

/// <summary>Format-List, which the engine from NuGet lacks; only the cmdlet does, the formatting itself is there.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public FormatListCommand()
    {
        Assembly engine = typeof(PSCmdlet).Assembly;
        Type shape = engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.FormatShape", throwOnError: true)!;
        Type inner = engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", throwOnError: true)!;
        object list = inner.GetConstructor(AnyInstance, [shape])!.Invoke([Enum.Parse(shape, "List")]);
        typeof(FrontEndCommandBase).GetField("implementation", AnyInstance)!.SetValue(this, list);
    }
}
