using Truebit.Rehearsals;

namespace Truebit.Bench;

/// <summary>What to measure, and how long.</summary>
internal sealed record Options
{
    private const string Usage = "Options: --quick, --scenario NAME, --rounds N, --out FILE.";

    /// <summary>How often each client is measured.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Rows are divided by this.</summary>
    public int Divisor { get; init; } = 1;

    /// <summary>The only scenario to measure; null for all.</summary>
    public string? Scenario { get; init; }

    /// <summary>The page to write; null for none.</summary>
    public string? Output { get; init; } = Path.Combine(Repository.Root, "docs", "performance.md");

    /// <summary>The command line, for the page.</summary>
    public string Command { get; init; } = "";

    public static Options Parse(string[] args)
    {
        Options options = new() { Command = string.Join(' ', args) };
        string? output = null;
        for (int at = 0; at < args.Length; at++)
        {
            string Value() => ++at < args.Length ? args[at] : throw new ArgumentException($"{args[at - 1]} needs a value. {Usage}");
            switch (args[at])
            {
                case "--quick":
                    options = options with { Rounds = 1, Divisor = 5, Output = null };
                    break;
                case "--scenario":
                    options = options with { Scenario = Value(), Output = null };
                    break;
                case "--rounds":
                    options = options with { Rounds = Math.Max(1, int.Parse(Value())) };
                    break;
                case "--out":
                    output = Path.GetFullPath(Value());
                    break;
                default:
                    throw new ArgumentException($"'{args[at]}' is not known. {Usage}");
            }
        }

        // Only a whole run replaces the page, unless the caller names one.
        return options with { Output = output ?? options.Output };
    }
}
