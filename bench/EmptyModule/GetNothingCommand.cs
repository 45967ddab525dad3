using System.Management.Automation;

namespace EmptyModule;

/// <summary>Does nothing: a binary module has a cmdlet.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet;
