namespace Truebit.Sandbox;

/// <summary>The two families of tasks: each has its own endpoints and its own names for the same things.</summary>
internal enum TaskKind
{
    Api,
    Function,
}
