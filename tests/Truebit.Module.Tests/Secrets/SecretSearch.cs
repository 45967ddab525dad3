using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Secrets;

/// <summary>Looks for secrets wherever a run of the module leaves something behind.</summary>
internal sealed class SecretSearch(IReadOnlyDictionary<string, string> secrets)
{
    private const int Deepest = 6;
    private readonly List<string> _found = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private int _texts;

    /// <summary>Fails where a secret was found, naming it and the place.</summary>
    public void AssertNothingFound()
    {
        Assert.True(_texts > 0, "There was nothing to search.");
        Assert.True(_found.Count == 0, "Found " + string.Join("; ", _found.Distinct()));
    }

    /// <summary>Searches all that a run wrote, as text, as properties, formatted and exported.</summary>
    public void Search(Engine engine, EngineRun run)
    {
        object[] objects = [.. run.Output.Concat<object?>(engine.RememberedErrors).Concat(run.Errors).Append(run.Ended).OfType<object>().Distinct(ReferenceEqualityComparer.Instance)];
        LookAt("the output and the errors", objects);
        LookAt("the warnings", run.Warnings);
        LookAt("the verbose messages", run.Verbose);
        LookAt("the debug messages", run.Debug);
        LookAt("the information", run.Information);
        LookAt("the CLIXML", objects.Select(static item => PSSerializer.Serialize(item, item is ErrorRecord or Exception ? 2 : 5)));

        engine["objects"] = objects;
        LookAt("the views", engine.Show("& { $objects; $objects | Format-List; $ErrorView = 'NormalView'; $objects }"));
        LookAt("the screen", engine.Host.Screen.Text);
        LookAt("the progress", engine.Host.Screen.Progress.Select(static update => update.Record));
    }

    /// <summary>Searches a value, its properties and all that they lead to.</summary>
    public void LookAt(string place, object? value) => Walk(place, value, 0);

    private void Walk(string place, object? value, int depth)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (bare is null or Type or MemberInfo or Assembly or CommandInfo or PSModuleInfo or CultureInfo or Delegate)
        {
            return;
        }

        Look(place, Text(value!));
        if (depth == Deepest || bare is string || bare.GetType().IsPrimitive || !_seen.Add(bare is PSCustomObject ? value! : bare))
        {
            return;
        }

        if (bare is Exception exception)
        {
            Look(place, exception.ToString());
        }

        if (bare is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(place + "[]", item, depth + 1);
            }
        }

        foreach (PSPropertyInfo property in PSObject.AsPSObject(value).Properties)
        {
            Walk($"{place}.{property.Name}", Value(property), depth + 1);
        }
    }

    private void Look(string place, string text)
    {
        _texts++;
        _found.AddRange(secrets.Where(secret => text.Contains(secret.Value, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{secret.Key} in {place}"));
    }

    private static string Text(object value)
    {
        try
        {
            return value.ToString() ?? "";
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException e)
        {
            return e;
        }
    }
}
