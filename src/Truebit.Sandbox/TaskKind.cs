namespace Truebit.Sandbox;

/// <summary>The two families of tasks: each has its own endpoints and its own names for the same things.</summary>
public enum TaskKind
{
    /// <summary>A call to a target API, made by the hub.</summary>
    Api,

    /// <summary>Code that the hub's nodes run.</summary>
    Function,
}
