using Truebit.Manifest.Samples;

namespace Truebit.Manifest.Calls;

/// <summary>The rows of several operations in one table, whose columns must get along with each other.</summary>
internal sealed class TemplateTable
{
    private const int MostColumns = 2000;

    private readonly Dictionary<string, string> _spellings = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RowTemplate> _rows = [];

    private TemplateTable()
    {
    }

    /// <summary>A row for each operation.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="leftOut">Told of operations that have no row, each with the reason; null to have an exception instead.</param>
    /// <exception cref="ManifestException">An operation cannot be followed.</exception>
    public static IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> Of(IEnumerable<ManifestOperation> operations, Action<string>? leftOut)
    {
        TemplateTable table = new();
        Sampler sampler = new(ofAnswer: false);
        foreach (ManifestOperation operation in operations)
        {
            try
            {
                table.Add(operation, sampler);
            }
            catch (ManifestException e) when (leftOut is not null)
            {
                leftOut(e.Message);
            }
        }

        table.CloseConflicts();
        return table.Rows();
    }

    private void Add(ManifestOperation operation, Sampler sampler)
    {
        RowTemplate row = new(operation, sampler, name => _spellings.TryGetValue(name, out string? spelling) ? spelling : name);
        string[] names = [.. Columns(row).Select(static field => field.Name)];
        if (_columns.Union(names, StringComparer.OrdinalIgnoreCase).Count() > MostColumns)
        {
            throw new ManifestException($"The operation {operation} is left out, because the table would have more than {MostColumns} columns; name it with -Operation.");
        }

        _columns.UnionWith(names);
        _rows.Add(row);
        foreach (string name in names.Where(static name => !name.StartsWith("body", StringComparison.Ordinal) && name.Contains('.')))
        {
            _spellings[name] = name;
        }
    }

    /// <summary>Makes one column of objects that are one in another row, and of those whose columns differ in capitals from another row's.</summary>
    private void CloseConflicts()
    {
        HashSet<string> closed = [];
        while (true)
        {
            TemplateField[] columns = [.. _rows.SelectMany(Columns)];
            HashSet<string> names = new(columns.Select(static field => field.Name), StringComparer.OrdinalIgnoreCase);
            HashSet<string> found = new(
                columns.SelectMany(static field => Above(field.Name)).Where(names.Contains)
                    .Concat(columns.GroupBy(static field => field.Name, StringComparer.OrdinalIgnoreCase).Where(NeedsOneName).SelectMany(static same => Above(same.Key).Take(1))),
                StringComparer.OrdinalIgnoreCase);
            found.ExceptWith(closed);
            if (found.Count == 0)
            {
                return;
            }

            closed.UnionWith(found);
            foreach (TemplateField field in _rows.SelectMany(static row => row.Fields))
            {
                Close(field, found);
            }
        }
    }

    private static bool NeedsOneName(IEnumerable<TemplateField> same) =>
        same.First().Name.StartsWith("body.", StringComparison.Ordinal) && same.Select(static field => field.Name).Distinct(StringComparer.Ordinal).Count() > 1;

    private static void Close(TemplateField field, HashSet<string> closed)
    {
        if (closed.Contains(field.Name))
        {
            field.Close();
        }

        foreach (TemplateField child in field.Children)
        {
            Close(child, closed);
        }
    }

    private IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> Rows()
    {
        Dictionary<string, string> types = _rows.SelectMany(Columns)
            .GroupBy(static field => field.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static same => same.Key, static same => TypeOf([.. same]), StringComparer.OrdinalIgnoreCase);
        return [.. _rows.Select(row => row.ToRow(field => types[field.Name]))];
    }

    /// <summary>A field that has one type in one row and another in the next has a column without a type where the manifest tells, else one of JSON.</summary>
    private static string TypeOf(TemplateField[] same) => same.Select(static field => field.Type).Distinct().Count() == 1 ? same[0].Type
        : same.All(static field => field.CanBeUntyped) ? ""
        : TemplateField.Json;

    private static IEnumerable<TemplateField> Columns(RowTemplate row) => row.Fields.SelectMany(static field => field.Columns);

    /// <summary>The fields that a field is part of, the nearest first.</summary>
    private static IEnumerable<string> Above(string name)
    {
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            yield return name.Substring(0, dot);
        }
    }
}
