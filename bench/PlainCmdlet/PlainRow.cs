using System.Management.Automation;
using System.Text.Json;

namespace PlainCmdlet;

/// <summary>A row as JSON.</summary>
internal static class PlainRow
{
    /// <summary>The columns of the row as one flat object; only the hub of the measurement takes that.</summary>
    public static byte[] ToJson(PSObject row)
    {
        using MemoryStream buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteBoolean("async", false);
        foreach (PSPropertyInfo property in row.Properties)
        {
            json.WriteString(property.Name, (string)property.Value);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.ToArray();
    }
}
