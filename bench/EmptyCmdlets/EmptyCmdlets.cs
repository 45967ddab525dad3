using System.Management.Automation;

namespace EmptyCmdlets;

[Cmdlet(VerbsCommon.Get, "Empty01")]
public sealed class GetEmpty01Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty02")]
public sealed class GetEmpty02Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty03")]
public sealed class GetEmpty03Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty04")]
public sealed class GetEmpty04Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty05")]
public sealed class GetEmpty05Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty06")]
public sealed class GetEmpty06Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty07")]
public sealed class GetEmpty07Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty08")]
public sealed class GetEmpty08Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty09")]
public sealed class GetEmpty09Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty10")]
public sealed class GetEmpty10Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty11")]
public sealed class GetEmpty11Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty12")]
public sealed class GetEmpty12Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty13")]
public sealed class GetEmpty13Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty14")]
public sealed class GetEmpty14Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty15")]
public sealed class GetEmpty15Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty16")]
public sealed class GetEmpty16Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty17")]
public sealed class GetEmpty17Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty18")]
public sealed class GetEmpty18Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty19")]
public sealed class GetEmpty19Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty20")]
public sealed class GetEmpty20Command : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "Empty21")]
public sealed class GetEmpty21Command : PSCmdlet;
