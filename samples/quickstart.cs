// Builds the module, and runs quickstart.ps1 in the PowerShell that this repository pins, in this console:
//   dotnet run samples/quickstart.cs

using System.Diagnostics;
using System.Runtime.CompilerServices;

string root = Path.GetFullPath("..", Folder());
string[][] steps =
[
    ["tool", "restore", "--verbosity", "quiet"],

    // The analyzers are for whoever changes the code.
    ["build", "src/Truebit.Module", "--verbosity", "quiet", "--nologo", "-p:RunAnalyzers=false"],
    ["pwsh", "-NoProfile", "-File", "samples/quickstart.ps1", .. args],
];
int exitCode = 0;
foreach (string[] step in steps.TakeWhile(_ => exitCode == 0))
{
    // The child has this program's console: colours, progress and the width of tables are the console's.
    using Process process = Process.Start(new ProcessStartInfo("dotnet", step) { WorkingDirectory = root })!;
    process.WaitForExit();
    exitCode = process.ExitCode;
}

return exitCode;

static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
