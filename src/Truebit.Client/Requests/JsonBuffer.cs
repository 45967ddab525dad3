using System.Text.Encodings.Web;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>Writes JSON text with a writer that each thread keeps: a new one for each value costs more than the writing does.</summary>
public static class JsonBuffer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static MemoryStream? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The text that <paramref name="write"/> makes. It must not call this again.</summary>
    public static byte[] Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        MemoryStream buffer = _buffer ??= new MemoryStream(1024);
        Utf8JsonWriter writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        try
        {
            write(writer, state);
            writer.Flush();
            return buffer.ToArray();
        }
        finally
        {
            // What was written may be secret, and a writer that an exception has left is not to be used again as it is.
            Array.Clear(buffer.GetBuffer(), 0, (int)buffer.Length);
            buffer.SetLength(0);
            writer.Reset();
        }
    }
}
