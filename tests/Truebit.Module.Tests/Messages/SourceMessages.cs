using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Truebit.Module.Tests.Messages;

/// <summary>Finds the messages in the sources: every text of at least two words that is not a script or a file, with what it is said by.</summary>
internal static partial class SourceMessages
{
    private static readonly string[] Projects = ["Truebit.Client", "Truebit.Manifest", "Truebit.Module", "Truebit.Proof", "Truebit.Sandbox"];

    /// <summary>What is written into pages and views, and not said.</summary>
    private static readonly string[] Pages = ["Reports", "EvidencePage.cs", "HtmlPage.cs"];

    private static readonly Dictionary<string, string> KindsOfTypes = new()
    {
        ["FieldException"] = "InvalidInput",
        ["ManifestException"] = "InvalidManifest",
        ["RejectedException"] = Message.Sandbox,
    };

    private static readonly Dictionary<string, string> KindsOfCalls = new()
    {
        ["Warn"] = Message.Warning,
        ["Warning"] = Message.Warning,
        ["WriteWarning"] = Message.Warning,
        ["Tell"] = Message.Told,
        ["TellLine"] = Message.Told,
        ["Verbose"] = Message.Told,
        ["WriteVerbose"] = Message.Told,
        ["ShouldProcess"] = Message.Told,
        ["ShouldContinue"] = Message.Told,
        ["NotSent"] = "NotSent",
    };

    public static IReadOnlyList<Message> Read() => [.. Files().SelectMany(Read).Distinct()];

    private static IEnumerable<string> Files() => Projects
        .SelectMany(static project => Directory.GetFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories))
        .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" || Pages.Contains(part)));

    private static IEnumerable<Message> Read(string file) =>
        from text in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes(static node => !IsText(node) && node is not AttributeSyntax)
        where IsText(text)
        let words = Words(text)
        where !words.Contains('\n') && !words.Contains("$args[") && TwoWords().IsMatch(Holes().Replace(words, ""))
        select new Message(Kind(text), words, Path.GetFileNameWithoutExtension(file));

    private static bool IsText(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression),
        InterpolatedStringExpressionSyntax => true,
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression) && Terms(sum).Any(IsText),
        _ => false,
    };

    private static IEnumerable<ExpressionSyntax> Terms(ExpressionSyntax node) => node switch
    {
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => Terms(sum.Left).Concat(Terms(sum.Right)),
        ParenthesizedExpressionSyntax inner => Terms(inner.Expression),
        _ => [node],
    };

    private static string Words(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal when IsText(literal) => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(static part => part switch
        {
            InterpolatedStringTextSyntax plain => plain.TextToken.ValueText.Replace("{{", "{").Replace("}}", "}"),
            InterpolationSyntax hole => Words(hole.Expression),
            _ => "",
        })),
        BinaryExpressionSyntax sum when IsText(sum) => string.Concat(Terms(sum).Select(Words)),
        ParenthesizedExpressionSyntax inner => Words(inner.Expression),
        ConditionalExpressionSyntax choice => $"[{Words(choice.WhenTrue)}|{Words(choice.WhenFalse)}]",
        SwitchExpressionSyntax choice => $"[{string.Join('|', choice.Arms.Select(static arm => Words(arm.Expression)))}]",
        BinaryExpressionSyntax choice when choice.IsKind(SyntaxKind.CoalesceExpression) && IsText(choice.Right) => $"[{Words(choice.Left)}|{Words(choice.Right)}]",
        _ => $"{{{Name(node)}}}",
    };

    /// <summary>What stands in a message for a value: the method of this class that gives it, or the last word that is not a method's name.</summary>
    private static string Name(SyntaxNode value)
    {
        string name = (value as InvocationExpressionSyntax)?.Expression is IdentifierNameSyntax method
            ? method.Identifier.ValueText
            : value.DescendantNodesAndSelf(static node => node is not LambdaExpressionSyntax)
                .OfType<IdentifierNameSyntax>()
                .LastOrDefault(static word => word.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access || access.Expression == word)
                ?.Identifier.ValueText ?? "value";
        name = name.TrimStart('_');
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string Kind(SyntaxNode text) =>
        text.Ancestors().TakeWhile(static node => node is not MemberDeclarationSyntax).Select(KindOf).FirstOrDefault(static kind => kind is not null) ?? Message.Part;

    private static string? KindOf(SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax creation => KindsOfTypes.GetValueOrDefault(creation.Type.ToString()) ?? ErrorId(creation.ArgumentList),
        ImplicitObjectCreationExpressionSyntax creation => ErrorId(creation.ArgumentList),
        InvocationExpressionSyntax call => KindsOfCalls.GetValueOrDefault(Called(call)) ?? ErrorId(call.ArgumentList),
        _ => null,
    };

    private static string Called(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberBindingExpressionSyntax when call.Parent is ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax handler } => handler.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    /// <summary>The ErrorId that the first arguments name.</summary>
    private static string? ErrorId(ArgumentListSyntax? arguments) => arguments?.Arguments.Select(static argument => argument.Expression switch
    {
        LiteralExpressionSyntax literal when OneWord().IsMatch(literal.Token.ValueText) => literal.Token.ValueText,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "HubErrorCode" } } code => code.Name.Identifier.ValueText,
        IdentifierNameSyntax { Identifier.ValueText: "OutcomeUnknown" } => "OutcomeUnknown",
        IdentifierNameSyntax { Identifier.ValueText: "NotSentId" } => "NotSent",
        _ => null,
    }).FirstOrDefault(static id => id is not null);

    [GeneratedRegex(@"\p{Ll}{2,}\P{L}* \P{L}*\p{Ll}{2,}|^[\p{Lu}\d-]\p{L}* .*\p{Ll}{2,}|^a \p{Ll}{2,}")]
    private static partial Regex TwoWords();

    [GeneratedRegex(@"\{\p{L}+\}")]
    private static partial Regex Holes();

    [GeneratedRegex("^[A-Z][a-z]+([A-Z][a-z]*)+$")]
    private static partial Regex OneWord();
}
