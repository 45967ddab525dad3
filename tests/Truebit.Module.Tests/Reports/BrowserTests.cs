using System.Buffers.Binary;
using System.Diagnostics;

namespace Truebit.Module.Tests.Reports;

/// <summary>The page in a real browser, where there is one: chromium, without a window and without the network.</summary>
public sealed class BrowserTests : IDisposable
{
    private static readonly string? Browser = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(static folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private readonly SampleRun _run = new();
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("truebit-browser-");

    public BrowserTests()
    {
        Assert.SkipWhen(Browser is null, "There is no chromium or google-chrome in PATH.");
        _run.WithEveryEnd().Export();
    }

    public void Dispose()
    {
        _run.Dispose();
        _profile.Delete(recursive: true);
    }

    [Fact]
    public void It_shows_the_page_as_it_was_written()
    {
        string shown = SampleRun.Text(Run("--dump-dom"));

        Assert.Contains("3 of 12 rows ended with Success", shown);
        Assert.Contains("When rows were sent", shown);
        Assert.Contains("Rows that did not end with Success", shown);
        Assert.Contains("broken-1", shown);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1000)]
    [InlineData(1600)]
    public void It_draws_the_page_at_any_width(int width)
    {
        string picture = Path.Combine(_profile.FullName, "page.png");

        Run($"--window-size={width},2000", $"--screenshot={picture}");

        byte[] png = File.ReadAllBytes(picture);
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));

        // One colour compresses to a few kilobytes.
        Assert.True(png.Length > 20_000, $"{png.Length} bytes");
    }

    private string Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Browser!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", $"--user-data-dir={_profile.FullName}/profile", .. arguments, new Uri(_run.Page).AbsoluteUri,
        ];
        foreach (string argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
