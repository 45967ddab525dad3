using System.Globalization;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Invoke;

/// <summary>What a run would do, for -WhatIf. Pipeline thread only.</summary>
internal sealed class Forecast
{
    private int _rows;
    private long _bytes;

    /// <summary>Counts a row that would be sent. Returns the bytes of its request to the hub.</summary>
    public int Count(RunRow row)
    {
        int bytes = new SentRequest(row.Request, isAsync: row.Mode != SubmitMode.Sync).ToJson().Length;
        _rows++;
        _bytes += bytes;
        return bytes;
    }

    /// <summary>Writes the totals to the console, as -WhatIf's own lines are.</summary>
    public void Tell(Cmdlet cmdlet, int invalid, RunTally tally)
    {
        string others = string.Concat(new (int Count, string Words)[]
        {
            (invalid, "not valid"), (tally.Replayed, "from the journal"), (tally.Unknown, "unknown"), (tally.NotSent, "left for another run"),
        }.Where(static end => end.Count > 0).Select(static end => $"; {end.Count} {end.Words}"));
        TellLine(cmdlet, string.Format(CultureInfo.CurrentCulture, "What if: rows that would be sent: {0:n0}, with requests of about {1:n0} bytes{2}.", _rows, _bytes, others));
    }

    /// <summary>Writes a line to the console.</summary>
    public static void TellLine(Cmdlet cmdlet, string line) => cmdlet.WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
}
