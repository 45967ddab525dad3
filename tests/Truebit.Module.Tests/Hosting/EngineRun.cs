using System.Management.Automation;

namespace Truebit.Module.Tests.Hosting;

/// <summary>What a script gave, stream by stream.</summary>
public sealed record EngineRun
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    /// <summary>The errors after which the script went on.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    /// <summary>The error that ended the script; null where it ran to its end, or was stopped.</summary>
    public ErrorRecord? Ended { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<string> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>The one error there is; its id without the command's name after the comma.</summary>
    public (string Id, string Message) OnlyError => Short(Assert.Single(Errors));

    /// <summary>The error that ended the script.</summary>
    public (string Id, string Message) End => Short(Ended ?? throw new InvalidOperationException("The script was not ended by an error."));

    public IEnumerable<string> ErrorIds => Errors.Select(static error => Short(error).Id);

    /// <summary>The values of a property of all output.</summary>
    public T[] Values<T>(string property) => [.. Output.Select(item => Of<T>(item, property))];

    /// <summary>The value of a property of the only output.</summary>
    public T Value<T>(string property) => Of<T>(Assert.Single(Output), property);

    public static T Of<T>(PSObject item, string property) =>
        item.Properties[property] is PSPropertyInfo found
            ? (T)LanguagePrimitives.ConvertTo(found.Value, typeof(T))
            : throw new KeyNotFoundException($"There is no property '{property}' among {string.Join(", ", item.Properties.Select(static p => p.Name))}.");

    public static (string Id, string Message) Short(ErrorRecord error) => (error.FullyQualifiedErrorId.Split(',')[0], error.Exception.Message);
}
