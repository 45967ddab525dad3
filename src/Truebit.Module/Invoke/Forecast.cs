using System.Globalization;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Invoke;

/// <summary>What a run would do, for -WhatIf. Pipeline thread only.</summary>
internal sealed class Forecast
{
    private int _rows;
    private long _bytes;

    /// <summary>Counts a row that would be sent.</summary>
    public void Count(RunRow row)
    {
        _rows++;
        _bytes += new SentRequest(row.Request, isAsync: row.Mode != SubmitMode.Sync).ToJson().Length;
    }

    /// <summary>Writes the totals to the console, as -WhatIf's own lines are.</summary>
    public void Tell(Cmdlet cmdlet, int invalid, RunTally tally) => TellLine(cmdlet, string.Format(
        CultureInfo.CurrentCulture,
        "What if: {0:n0} rows would be sent, with requests of about {1:n0} bytes; {2:n0} are not valid, {3:n0} would come from the journal, {4:n0} stay unknown.",
        _rows,
        _bytes,
        invalid,
        tally.Replayed,
        tally.Unknown));

    /// <summary>Writes a line to the console.</summary>
    public static void TellLine(Cmdlet cmdlet, string line) => cmdlet.WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
}
