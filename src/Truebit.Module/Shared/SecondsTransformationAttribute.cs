using System.Globalization;
using System.Management.Automation;

namespace Truebit;

/// <summary>Lets a TimeSpan parameter accept a number of seconds, which PowerShell would read as ticks of 100 nanoseconds.</summary>
internal sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string? text = Json.PSJson.Text(inputData);
        return inputData is not TimeSpan && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            ? seconds >= 0 && seconds < TimeSpan.MaxValue.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : throw new ArgumentTransformationMetadataException($"'{text}' is not a valid number of seconds.")
            : inputData;
    }
}
