using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Sharding;

public sealed class CheckpointTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-checkpoint-");

    public CheckpointTests()
    {
        _engine["folder"] = _folder.FullName;
        _engine.Ok("""
            function Start-Run($to, $checkpoint, $more = @{}) {
                1..$to |
                    ForEach-Object { @{ Path = "/$_" } } |
                    Invoke-TruebitTask -Namespace n -TaskName t -Method GET -ThrottleLimit 4 -Journal "$folder/run.journal" -Checkpoint $checkpoint @more
            }
            $keep = { $script:kept++; [System.IO.File]::Copy($_, "$folder/kept.journal", $true); 'not a result' }
            """);
    }

    private string Kept => Path.Combine(_folder.FullName, "kept.journal");

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_copy_tells_of_each_request_before_it_leaves()
    {
        List<int> untold = [];
        using TaskHub hub = new()
        {
            Hold = number =>
            {
                lock (untold)
                {
                    if (!File.ReadAllText(Kept).Contains("\"state\":\"sending\"", StringComparison.Ordinal)
                        || !File.ReadAllText(Kept).Contains($"\"row\":{number},", StringComparison.Ordinal))
                    {
                        untold.Add(number);
                    }
                }

                return Task.CompletedTask;
            },
        };
        _engine.Connect(hub.Endpoint);

        EngineRun run = _engine.Ok("Start-Run 10 $keep");

        Assert.Empty(untold);
        Assert.Equal(10, run.Output.Count);
        Assert.All(run.Output, static result => Assert.Equal("Truebit.TruebitExecution", result.BaseObject.GetType().FullName));

        // Three rounds of four rows, and the end.
        Assert.Equal(4, (int)_engine["kept"]!);
        Assert.Equal(Enumerable.Repeat("Finished", 10), _engine.Ok("Get-TruebitJournal \"$folder/kept.journal\"").Values<string>("State"));
        Assert.Empty(_folder.GetFiles("*.copy"));
    }

    [Fact]
    public void A_run_that_goes_on_with_the_copy_sends_nothing_that_may_have_left()
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);

        // As a machine that vanishes before its third round would leave it.
        _engine.Run("Start-Run 10 { if (++$script:kept -gt 2) { throw 'gone' }; [System.IO.File]::Copy($_, \"$folder/kept.journal\", $true) }");
        File.Copy(Kept, Path.Combine(_folder.FullName, "run.journal"), overwrite: true);
        EngineRun run = _engine.Run("Start-Run 10 $keep");

        string[] submitted = [.. hub.Events.Where(static what => what.StartsWith("submitted", StringComparison.Ordinal))];
        Assert.Equal(10, submitted.Length);
        Assert.Equal(10, submitted.Distinct().Count());
        Assert.All(run.ErrorIds, static id => Assert.Equal("OutcomeUnknown", id));
        Assert.InRange(run.Errors.Count, 4, 8);
        Assert.Equal(10, run.Errors.Count + run.Output.Count);
    }

    [Theory]
    [InlineData("throw 'the store is full'")]
    [InlineData("Write-TestError 'the store is full'")]
    [InlineData("Save-ToStore")]
    [InlineData("Invoke-Program 3", "its last program ended with exit code 3")]
    public void When_it_fails_nothing_more_is_sent(string failure, string message = "the store is full")
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);
        _engine.Ok("""
            function Write-TestError {
                [CmdletBinding()] param($message)
                $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.Exception]::new($message), 'x', 'WriteError', $null))
            }
            # A script module's functions do not see the preferences of who calls them.
            New-Module { function Save-ToStore { [CmdletBinding()] param() Write-Error 'the store is full'; 'went on' } } | Import-Module
            # As the engine does when a program has ended.
            function Invoke-Program($code) { $global:LASTEXITCODE = $code }
            """);

        EngineRun run = _engine.Run($"Start-Run 10 {{ if (++$script:kept -eq 2) {{ {failure} }} }}");

        Assert.Equal("CheckpointFailed", run.End.Id);
        Assert.Contains(message + ".", run.End.Message, StringComparison.Ordinal);
        Assert.Equal(4, hub.Accepted);
        Assert.Equal(Enumerable.Repeat("NotSent", 4), run.ErrorIds);
        Assert.Equal(4, _engine.Ok("Get-TruebitJournal \"$folder/run.journal\" -State Refused").Output.Count);
    }

    [Fact]
    public void A_program_that_fails_is_a_failure_and_what_it_writes_to_its_standard_error_is_not()
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);
        string program = OperatingSystem.IsWindows() ? "cmd /c" : "sh -c";

        Assert.Single(_engine.Ok($"Start-Run 1 {{ {program} 'echo 7 percent 1>&2' }}").Output);
        EngineRun run = _engine.Run($"Start-Run 2 {{ {program} 'exit 3'; {program} 'exit 0' }}");

        Assert.Equal("CheckpointFailed", run.End.Id);
        Assert.Contains("exit code: 3", run.End.Message, StringComparison.Ordinal);
        Assert.Equal(1, hub.Accepted);
    }

    [Fact]
    public void What_the_script_itself_takes_for_no_failure_is_none()
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);

        Assert.Equal(6, _engine.Ok("""
            Start-Run 6 {
                Write-Error 'known' -ErrorAction SilentlyContinue
                try { throw 'known' } catch { }
                $global:LASTEXITCODE = 1
                if ($LASTEXITCODE -lt 8) { $global:LASTEXITCODE = 0 }
            }
            """).Output.Count);
    }

    [Fact]
    public void After_a_failure_the_ids_that_are_known_are_kept_at_the_end()
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);

        EngineRun run = _engine.Run("Start-Run 10 { if (++$script:kept -eq 2) { throw 'no answer' }; [System.IO.File]::Copy($_, \"$folder/kept.journal\", $true) }");

        Assert.Equal("CheckpointFailed", run.End.Id);
        Assert.EndsWith("A last try at the end has kept the whole journal.", run.End.Message, StringComparison.Ordinal);
        Assert.Equal(3, (int)_engine["kept"]!);
        Assert.Equal(4, _engine.Ok("Get-TruebitJournal \"$folder/kept.journal\" -State Finished").Output.Count);
        Assert.Empty(_engine.Ok("Get-TruebitJournal \"$folder/kept.journal\" -State Sending, Unknown").Output);
    }

    [Theory]
    [InlineData("$script:kept -gt 1")]
    [InlineData("$script:kept -gt 2")]
    public void There_is_one_last_try(string fails)
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);

        // The second call is for the second batch of six rows; the third is the end.
        EngineRun run = _engine.Run($"Start-Run 6 {{ $script:kept++; if ({fails}) {{ throw 'no answer' }} }}");

        Assert.Equal("CheckpointFailed", run.End.Id);
        Assert.Contains("A last try at the end failed, too", run.End.Message, StringComparison.Ordinal);
        Assert.Equal(fails.EndsWith('1') ? 3 : 4, (int)_engine["kept"]!);
    }

    [Fact]
    public void A_copy_goes_on_from_the_one_before_byte_for_byte()
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);

        _engine.Ok("""
            Start-Run 12 {
                $now = [System.IO.File]::ReadAllText($_)
                if (-not $now.StartsWith("$script:last") -or -not $now.EndsWith("`n")) { throw 'another journal' }
                $script:last = $now
                $script:lengths += @($now.Length)
                # Some move the copy in place of copying it.
                if ($script:lengths.Count -eq 2) { Move-Item $_ "$folder/moved" }
            }
            """);

        Assert.Equal(4, (int)_engine.Ok("@($lengths | Sort-Object -Unique).Count").Output[0].BaseObject);
        Assert.Empty(_folder.GetFiles("*.copy"));
    }

    [Fact]
    public void Rows_that_were_held_back_are_not_called_unknown()
    {
        using TaskHub hub = new() { Answer = static number => number == 1 ? CannedResponse.Message("no funds", 402) : null };
        _engine.Connect(hub.Endpoint);

        EngineRun run = _engine.Run("Start-Run 20 $keep");

        Assert.Contains("NotSent", run.ErrorIds);
        Assert.DoesNotContain("OutcomeUnknown", run.ErrorIds);
        Assert.Empty(_engine.Ok("Get-TruebitJournal \"$folder/kept.journal\" -State Sending, Unknown").Output);
    }

    [Fact]
    public void A_command_that_ends_with_an_error_keeps_what_it_knows()
    {
        using TaskHub hub = new() { Answer = static number => number == 6 ? CannedResponse.Message("no", 401) : null };
        _engine.Connect(hub.Endpoint);

        EngineRun run = _engine.Run("Start-Run 20 $keep");

        Assert.Equal("AuthenticationFailed", run.End.Id);
        Assert.Empty(_engine.Ok("Get-TruebitJournal \"$folder/kept.journal\" -State Sending, Unknown, Accepted").Output);
    }

    [Fact]
    public void A_run_without_rows_keeps_a_journal_that_has_none()
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);

        _engine.Ok("@() | Invoke-TruebitTask -Journal \"$folder/run.journal\" -Checkpoint $keep");

        Assert.Empty(_engine.Ok("Get-TruebitJournal \"$folder/kept.journal\"").Output);
    }

    [Fact]
    public void Rows_that_were_claimed_when_the_run_is_stopped_in_the_script_are_taken_back()
    {
        using TaskHub hub = new();
        using ManualResetEventSlim entered = new();
        _engine.Connect(hub.Endpoint);
        _engine["entered"] = entered;
        using (RunningScript running = _engine.Start("Start-Run 10 { $entered.Set(); while ($true) { } }"))
        {
            entered.Await();
            running.Stop();
            running.Wait();
        }

        Assert.Equal(0, hub.Accepted);
        Assert.Equal(Enumerable.Repeat("Refused", 4), _engine.Ok("Get-TruebitJournal \"$folder/run.journal\"").Values<string>("State"));
    }

    [Fact]
    public void It_is_for_a_journal()
    {
        using TaskHub hub = new();
        _engine.Connect(hub.Endpoint);

        Assert.Equal("InvalidInput", _engine.Run("@{ Path = '/1' } | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -Checkpoint { }").End.Id);
        Assert.Equal(0, hub.Accepted);
    }
}
