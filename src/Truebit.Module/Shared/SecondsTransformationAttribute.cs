using System.Globalization;
using System.Management.Automation;

namespace Truebit;

/// <summary>Lets a TimeSpan parameter accept a number of seconds, which PowerShell would read as ticks of 100 nanoseconds.</summary>
internal sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string? text = Json.PSJson.Text(inputData);
        if (inputData is TimeSpan || text is null)
        {
            return inputData;
        }

        return !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : throw NotATime()
            : seconds >= 0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw NotATime();

        ArgumentTransformationMetadataException NotATime() => new($"'{text}' is not a time. Give seconds (600) or a TimeSpan ('00:10:00').");
    }
}
