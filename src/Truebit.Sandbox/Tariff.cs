using System.Globalization;

namespace Truebit.Sandbox;

/// <summary>What an execution costs here: the prices of the hub's published invoices (truebit-api.md 9), in its gas.</summary>
internal static class Tariff
{
    /// <summary>For each byte to or from the target of an API task, as invoices print it.</summary>
    public const string BytePriceText = "0.0002";

    /// <summary>For each step of a function task, as invoices print it.</summary>
    public const string StepPriceText = "5e-7";

    private static readonly decimal BytePrice = Read(BytePriceText);
    private static readonly decimal StepPrice = Read(StepPriceText);

    /// <summary>The steps of a function: made up, and more for a longer input.</summary>
    public static long Steps(long inputBytes) => 10_000 + (100 * inputBytes);

    /// <summary>What the payer is charged.</summary>
    public static decimal Charge(TaskKind kind, long inputBytes, long outputBytes) =>
        kind == TaskKind.Api ? BytePrice * (inputBytes + outputBytes) : StepPrice * Steps(inputBytes);

    private static decimal Read(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
