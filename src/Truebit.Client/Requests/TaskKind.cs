namespace Truebit.Client;

/// <summary>The two families of tasks; each has endpoints of its own (truebit-api.md 1).</summary>
public enum TaskKind
{
    /// <summary>An audited HTTP call to a target API, made by the hub.</summary>
    Api,

    /// <summary>Compiled code that the hub's nodes run and agree on.</summary>
    Function,
}
