using System.Text.Encodings.Web;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>Writes JSON text with a writer that each thread reuses: creating one for each value costs more than writing the value.</summary>
public static class JsonBuffer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Scratch? _idle;

    /// <summary>The text that <paramref name="write"/> makes. It may run a user's script, which may call this again.</summary>
    public static byte[] Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        Scratch scratch = _idle ?? new Scratch();
        _idle = null;
        try
        {
            write(scratch.Writer, state);
            scratch.Writer.Flush();
            return scratch.Buffer.ToArray();
        }
        finally
        {
            scratch.Clear();
            _idle = scratch;
        }
    }

    private sealed class Scratch
    {
        public Scratch() => Writer = new Utf8JsonWriter(Buffer, Options);

        public MemoryStream Buffer { get; } = new(1024);

        public Utf8JsonWriter Writer { get; }

        /// <summary>The text may be secret, and an exception leaves the writer in the middle of it.</summary>
        public void Clear()
        {
            Array.Clear(Buffer.GetBuffer(), 0, (int)Buffer.Length);
            Buffer.SetLength(0);
            Writer.Reset();
        }
    }
}
