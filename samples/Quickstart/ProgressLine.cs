using System.Management.Automation;

namespace Truebit.Quickstart;

/// <summary>The latest progress record, on one line of the terminal that is rewritten in place.</summary>
internal sealed class ProgressLine
{
    private int _length;

    public void Show(ProgressRecord record, int width)
    {
        Clear();
        if (record.RecordType == ProgressRecordType.Completed)
        {
            return;
        }

        string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete}%" : "";
        string text = $"{record.Activity}: {record.StatusDescription}{percent}".ReplaceLineEndings(" ");

        // One cell short, because a full line would move the cursor to the next one.
        text = text[..Math.Min(text.Length, width - 1)];
        Console.Out.Write(text);
        _length = text.Length;
    }

    /// <summary>Leaves an empty line with the cursor at its start; does nothing where no progress is shown.</summary>
    public void Clear()
    {
        if (_length > 0)
        {
            Console.Out.Write('\r' + new string(' ', _length) + '\r');
            _length = 0;
        }
    }
}
