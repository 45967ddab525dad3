namespace Truebit.Pester.Tests;

/// <summary>What Pester says of one test.</summary>
/// <param name="File">The file that it is in.</param>
/// <param name="Name">Its name, after those of its blocks.</param>
/// <param name="Result">Passed, Failed, Skipped or NotRun.</param>
/// <param name="Message">Why it failed or was skipped.</param>
public sealed record PesterResult(string File, string Name, string Result, string? Message);
