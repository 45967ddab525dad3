namespace Truebit.Manifest.Schemas;

/// <summary>A schema made ready for checking many values. Why no library does: docs/design.md, "Manifests".</summary>
internal sealed class Schema
{
    // Before the schemas below, which have it.
    private static readonly Dictionary<string, Schema> NoNames = [];

    /// <summary>A schema that allows everything.</summary>
    public static readonly Schema Any = new();

    /// <summary>A schema that allows nothing.</summary>
    public static readonly Schema None = new() { Not = Any };

    private List<Schema>? _users;
    private KeyValuePair<string, Schema>[] _properties = [];

    /// <summary>Why this schema, or one that it is made of, cannot be followed; null where all can.</summary>
    public string? Problem { get; private set; }

    /// <summary>What <see cref="ValueTypes"/> has found.</summary>
    public JsonTypes KnownTypes { get; set; } = ValueTypes.Unknown;

    /// <summary>The names in <c>type</c> but for null; null where any is allowed.</summary>
    public string[]? Types { get; set; }

    public string? Format { get; set; }

    public bool IsNullable { get; set; }

    /// <summary>Whether only answers have it.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Whether only requests have it.</summary>
    public bool IsWriteOnly { get; set; }

    /// <summary>The values allowed; null where there is no <c>enum</c>.</summary>
    public AllowedValues? Enum { get; set; }

    /// <summary>The one value allowed; null where there is no <c>const</c>.</summary>
    public AllowedValues? Const { get; set; }

    public Bound? Minimum { get; set; }

    public Bound? Maximum { get; set; }

    public Bound? ExclusiveMinimum { get; set; }

    public Bound? ExclusiveMaximum { get; set; }

    public bool IsMinimumExclusive { get; set; }

    public bool IsMaximumExclusive { get; set; }

    public Bound? MultipleOf { get; set; }

    /// <summary>Whether 1.0 is an integer.</summary>
    public bool AllowsZeroFraction { get; set; }

    public bool HasBounds => (Minimum ?? Maximum ?? ExclusiveMinimum ?? ExclusiveMaximum ?? MultipleOf) is not null;

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public Pattern? Pattern { get; set; }

    public Schema? Items { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool HasUniqueItems { get; set; }

    /// <summary>The declared properties, in the manifest's order.</summary>
    public KeyValuePair<string, Schema>[] Properties
    {
        get => _properties;
        set
        {
            _properties = value;
            PropertyByName = new(StringComparer.Ordinal);
            foreach (KeyValuePair<string, Schema> property in value)
            {
                PropertyByName[property.Key] = property.Value;
            }
        }
    }

    public Dictionary<string, Schema> PropertyByName { get; private set; } = NoNames;

    public string[] Required { get; set; } = [];

    /// <summary>Whether the schema says something of properties that are not declared.</summary>
    public bool SaysAdditional { get; set; }

    /// <summary>Whether there may be properties that are not declared.</summary>
    public bool AllowsMore => AdditionalProperties != None;

    /// <summary>The schema of properties that are not declared; null where any value is allowed.</summary>
    public Schema? AdditionalProperties { get; set; }

    public int? MinProperties { get; set; }

    public int? MaxProperties { get; set; }

    public Schema[] AllOf { get; set; } = [];

    public Schema[] AnyOf { get; set; } = [];

    public Schema[] OneOf { get; set; } = [];

    public Schema? Not { get; set; }

    public Schema[] PrefixItems { get; set; } = [];

    public Schema? Contains { get; set; }

    public int? MinContains { get; set; }

    public int? MaxContains { get; set; }

    public (Pattern Pattern, Schema Schema)[] PatternProperties { get; set; } = [];

    public Schema? PropertyNames { get; set; }

    public (string Name, string[] Required)[] DependentRequired { get; set; } = [];

    public KeyValuePair<string, Schema>[] DependentSchemas { get; set; } = [];

    public Schema? If { get; set; }

    public Schema? Then { get; set; }

    public Schema? Else { get; set; }

    public Schema? UnevaluatedItems { get; set; }

    public Schema? UnevaluatedProperties { get; set; }

    /// <summary>The manifest's own example as JSON text; null where there is none.</summary>
    public string? Example { get; set; }

    /// <summary>The default as JSON text; null where there is none.</summary>
    public string? Default { get; set; }

    /// <summary>Whether a value's text must not be shown.</summary>
    public bool IsSecret => Format == "password";

    /// <summary>Says that another schema is made of this one, and cannot be followed where this cannot.</summary>
    public void AddUser(Schema user)
    {
        if (Problem is not null)
        {
            user.Break(Problem);
        }
        else if (this != Any && this != None)
        {
            (_users ??= new(1)).Add(user);
        }
    }

    /// <summary>Says that this schema cannot be followed, nor any that is made of it.</summary>
    public void Break(string problem)
    {
        Stack<Schema> broken = new([this]);
        while (broken.Count > 0)
        {
            Schema schema = broken.Pop();
            if (schema.Problem is null)
            {
                schema.Problem = problem;
                schema._users?.ForEach(broken.Push);
            }
        }
    }
}
