namespace Truebit.Module.Tests.Messages;

/// <summary>A text of the module that a user can read.</summary>
/// <param name="Kind">An ErrorId, or one of the kinds below.</param>
/// <param name="Text">The text; what is put into it stands in braces.</param>
/// <param name="File">The source file that has it.</param>
internal sealed record Message(string Kind, string Text, string File)
{
    /// <summary>The kind of warnings.</summary>
    public const string Warning = "Warnings";

    /// <summary>The kind of what -Verbose, -WhatIf, summaries and progress say.</summary>
    public const string Told = "What -Verbose, -WhatIf and prompts say";

    /// <summary>The kind of what the sandbox answers as a hub, and the module passes on as the hub's words.</summary>
    public const string Sandbox = "What the sandbox answers";

    /// <summary>The kind of what is put into other messages.</summary>
    public const string Part = "Parts of messages";
}
