using System.Management.Automation.Language;

namespace Truebit.Module.Tests.ModuleFiles;

/// <summary>
/// Scripts that run in Windows PowerShell 5.1 use nothing that came later. This engine parses more than 5.1 does, so what is new in
/// its language since then is looked for in the syntax tree.
/// </summary>
public sealed class LanguageTests
{
    private static readonly TokenKind[] NewTokens =
    [
        TokenKind.AndAnd, TokenKind.OrOr, TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals,
        TokenKind.QuestionDot, TokenKind.QuestionLBracket, TokenKind.Clean,
    ];

    public static TheoryData<string> Scripts { get; } =
    [
        .. Directory.GetFiles(Repository.Root, "*.ps*", SearchOption.AllDirectories)
            .Where(static file => Path.GetExtension(file) is ".ps1" or ".psm1" or ".psd1")
            .Select(static file => Path.GetRelativePath(Repository.Root, file))
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static folder => folder is "bin" or "obj" or "out" or "bench"))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_in_the_language_of_Windows_PowerShell(string file)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, file));

        Assert.Empty(Later(text));

        // 5.1 reads a file without a byte order mark in the system's code page.
        Assert.All(text, static c => Assert.True(c is '\n' or '\t' or (>= ' ' and <= '~'), $"U+{(int)c:X4}"));
    }

    [Theory]
    [InlineData("$a ? 1 : 2")]
    [InlineData("$a ?? 1")]
    [InlineData("$a ??= 1")]
    [InlineData("${a}?.b")]
    [InlineData("${a}?[0]")]
    [InlineData("Get-Item a && Get-Item b")]
    [InlineData("Get-Item a || Get-Item b")]
    [InlineData("Get-Item a &")]
    [InlineData("function f { process { } clean { } }")]
    [InlineData("1..2 | ForEach-Object -Parallel { $_ }")]
    [InlineData("Get-Content a -AsByteStream")]
    [InlineData("ConvertFrom-Json $a -AsHashtable")]
    [InlineData("Get-Error")]
    [InlineData("1y")]
    [InlineData("0b11")]
    public void What_is_newer_is_found(string script) => Assert.NotEmpty(Later(script));

    private static IEnumerable<string> Later(string text)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out Token[] tokens, out ParseError[] errors);
        Assert.Empty(errors);
        IEnumerable<Token> found = tokens.Where(static token => NewTokens.Contains(token.Kind) || IsNewNumber(token));
        IEnumerable<Ast> background = script.FindAll(static ast => ast is PipelineAst { Background: true }, searchNestedScriptBlocks: true);
        IEnumerable<Ast> parameters = script.FindAll(
            static ast => ast is CommandParameterAst { ParameterName: "Parallel" or "AsByteStream" or "AsHashtable" or "SkipHttpErrorCheck" }
                || (ast as CommandAst)?.GetCommandName() is "Get-Error" or "Join-String" or "Test-Json" or "ConvertFrom-Markdown",
            searchNestedScriptBlocks: true);
        return [.. found.Select(static token => $"line {token.Extent.StartLineNumber}: {token.Text}"), .. background.Concat(parameters).Select(static ast => $"line {ast.Extent.StartLineNumber}: {ast}")];
    }

    /// <summary>Numbers with the suffixes y, u, s, n, or in binary.</summary>
    private static bool IsNewNumber(Token token) => token.Kind == TokenKind.Number
        && (token.Text.StartsWith("0b", StringComparison.OrdinalIgnoreCase)
            || (!token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && token.Text.AsSpan().IndexOfAny("yusnYUSN") >= 0));
}
