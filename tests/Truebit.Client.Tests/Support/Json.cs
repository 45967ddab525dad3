using System.Text.Json;

namespace Truebit.Client.Tests.Support;

internal static class Json
{
    /// <summary>The same value, whatever the white space and the order of members.</summary>
    public static void Equal(string expected, string actual)
    {
        using JsonDocument wanted = JsonDocument.Parse(expected);
        using JsonDocument got = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, got.RootElement), actual);
    }
}
