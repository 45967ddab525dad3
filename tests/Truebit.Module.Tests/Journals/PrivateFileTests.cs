using System.Runtime.Versioning;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Journals;

/// <summary>What others could read of an execution, or could be made to overwrite: journals, their copies, evidence.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Rows = "1..2 | ForEach-Object { @{ 'body.n' = $_ } } | Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method POST -Path /a -Journal $journal";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-private-");
    private readonly Engine _engine = new Engine().ConnectSandbox();

    public PrivateFileTests()
    {
        _engine["folder"] = _folder.FullName;
        _engine["journal"] = PathOf("run.journal");
    }

    public static bool IsWindows => OperatingSystem.IsWindows();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Skip = "Windows gives files the rights of their folder.", SkipWhen = nameof(IsWindows))]
    public void Journals_copies_and_evidence_are_for_their_user_only()
    {
        _engine.Ok(
            $$"""
            {{Rows}} -Checkpoint { $script:copied = [System.IO.File]::GetUnixFileMode($_) } | Export-TruebitEvidence -Path $folder -Wait > $null
            Set-TruebitJournal $journal -Endpoint $sandbox.Endpoint -ErrorAction Ignore
            {{Rows.Replace("$journal", "\"$journal.1\" -Shard 1/1")}} > $null
            Merge-TruebitJournal "$journal.1" "$journal.all"
            Split-TruebitJournal "$journal.all" 2 > $null
            [System.IO.File]::AppendAllText("$journal.1", "torn")
            [System.IO.File]::WriteAllText("$journal.1", [System.IO.File]::ReadAllText("$journal.1").Replace('"finished"', '"finish3d"'))
            Repair-TruebitJournal "$journal.1" > $null
            """);

        Assert.Equal(OnlyMine, (UnixFileMode)LanguageValue("$copied"));
        FileInfo[] files = _folder.GetFiles();
        Assert.Equal(9, files.Length);
        Assert.All(files, static file => Assert.Equal(OnlyMine, file.UnixFileMode));
    }

    [Fact(Skip = "Links need rights on Windows.", SkipWhen = nameof(IsWindows))]
    public void A_link_that_waits_where_a_file_is_to_be_made_is_not_followed()
    {
        File.WriteAllText(PathOf("precious"), "mine");
        File.CreateSymbolicLink(PathOf("run.journal.damaged"), PathOf("precious"));
        File.CreateSymbolicLink(PathOf("new.journal"), PathOf("made-by-a-link"));
        _engine["new"] = PathOf("new.journal");
        _engine.Ok($"{Rows} > $null");
        File.WriteAllText(PathOf("run.journal"), File.ReadAllText(PathOf("run.journal")).Replace("\"finished\"", "\"finish3d\""));

        _engine.Ok("Repair-TruebitJournal $journal > $null");
        EngineRun run = _engine.Run(Rows.Replace("$journal", "$new"));

        Assert.Equal("mine", File.ReadAllText(PathOf("precious")));
        Assert.Null(new FileInfo(PathOf("run.journal.damaged")).LinkTarget);
        Assert.Contains("finish3d", File.ReadAllText(PathOf("run.journal.damaged")));
        Assert.Equal("JournalFailed", run.End.Id);
        Assert.False(File.Exists(PathOf("made-by-a-link")));
    }

    [Fact(Skip = "Links need rights on Windows.", SkipWhen = nameof(IsWindows))]
    public void A_link_in_place_of_the_claim_is_not_followed()
    {
        File.CreateSymbolicLink(PathOf("run.journal.lock"), PathOf("made-by-a-link"));

        EngineRun run = _engine.Run(Rows);

        Assert.Equal("JournalFailed", run.End.Id);
        Assert.Contains("is a link", run.End.Message);
        Assert.False(File.Exists(PathOf("made-by-a-link")));
    }

    [Fact(Skip = "Links need rights on Windows.", SkipWhen = nameof(IsWindows))]
    public void A_copy_that_was_replaced_by_a_link_does_not_overwrite_its_target()
    {
        File.WriteAllText(PathOf("precious"), "mine");
        _engine["precious"] = PathOf("precious");

        _engine.Run($$"""{{Rows}} -ThrottleLimit 1 -Checkpoint { Remove-Item $_; $null = New-Item -ItemType SymbolicLink -Path $_ -Target $precious }""");

        Assert.Equal("mine", File.ReadAllText(PathOf("precious")));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private object LanguageValue(string script) => _engine.Ok(script).Output.Single().BaseObject;
}
