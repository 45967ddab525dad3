using System.Globalization;
using System.Net;
using System.Text;

namespace Truebit.Sandbox;

/// <summary>Puts answers on the wire, or as much of them as is to get through.</summary>
internal static class ResponseWriter
{
    private const int PadSize = 64 * 1024;

    /// <summary>Says what the caller sees if the call is broken off from now on. Call it before anything else.</summary>
    /// <remarks>
    /// Where .NET's own listener breaks a call off, it ends the connection, but first it sends the headers as they are:
    /// an empty 200, if nothing is set. A 100 is no answer to any client; it waits for the real one, and gets the
    /// connection's end. Windows' listener sends nothing.
    /// </remarks>
    public static void Prepare(HttpListenerResponse response) => response.StatusCode = (int)HttpStatusCode.Continue;

    private static async Task PadAsync(Stream stream, int count)
    {
        byte[] blanks = Encoding.ASCII.GetBytes(new string(' ', Math.Min(count, PadSize)));
        for (int left = count; left > 0; left -= blanks.Length)
        {
            await stream.WriteAsync(blanks, 0, Math.Min(left, blanks.Length));
        }
    }

    public static async Task WriteAsync(HttpListenerResponse response, SandboxResponse answer)
    {
        if (answer.Delivery == Delivery.None)
        {
            response.Abort();
            return;
        }

        // The length before the status: broken off in between, it is a 100 still, and after that it is not a whole 200.
        response.ContentLength64 = (long)answer.Body.Length + answer.Padding;
        response.ContentType = answer.ContentType;
        if (answer.RetryAfterSeconds is int seconds)
        {
            response.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Location is not null)
        {
            response.RedirectLocation = answer.Location;
        }

        response.StatusCode = answer.StatusCode;
        bool isWhole = answer.Delivery == Delivery.Whole;
        await response.OutputStream.WriteAsync(answer.Body, 0, isWhole ? answer.Body.Length : answer.Body.Length / 2);
        if (isWhole)
        {
            await PadAsync(response.OutputStream, answer.Padding);
            response.Close();
        }
        else
        {
            await response.OutputStream.FlushAsync();
            response.Abort();
        }
    }
}
