using System.Net;
using System.Net.Sockets;

namespace Truebit.Module.Tests.Hubs;

/// <summary>TCP ports of this machine.</summary>
internal static class Ports
{
    public static bool IsFree(Uri endpoint)
    {
        using TcpListener listener = new(IPAddress.Loopback, endpoint.Port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
