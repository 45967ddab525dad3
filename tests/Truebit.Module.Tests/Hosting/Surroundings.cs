namespace Truebit.Module.Tests.Hosting;

/// <summary>
/// Tests that look at the process's environment, where a key or SecretManagement may be. They run alone: all others
/// bring a key of their own.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Surroundings : IDisposable
{
    public const string Name = "Surroundings";
    public const string KeyVariable = "TRUEBIT_API_KEY";
    private const string PathVariable = "PSModulePath";

    private readonly string? _key = Environment.GetEnvironmentVariable(KeyVariable);
    private readonly string? _path = Environment.GetEnvironmentVariable(PathVariable);

    internal static string? Key
    {
        set => Environment.SetEnvironmentVariable(KeyVariable, value);
    }

    internal static string? ModulePath
    {
        set => Environment.SetEnvironmentVariable(PathVariable, value);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(KeyVariable, _key);
        Environment.SetEnvironmentVariable(PathVariable, _path);
    }
}
