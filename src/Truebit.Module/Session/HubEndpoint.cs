using System.Management.Automation;

namespace Truebit.Session;

/// <summary>Which addresses a key may be sent to.</summary>
internal static class HubEndpoint
{
    /// <summary>The public hub (truebit-api.md 1).</summary>
    public static readonly Uri Default = new("https://run.truebit.network/");

    /// <summary>The address as a base for the hub's paths.</summary>
    /// <exception cref="ErrorException">It is not one, or the key would travel unencrypted.</exception>
    public static Uri Check(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http") || endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0)
        {
            throw new ErrorException(
                "InvalidEndpoint", ErrorCategory.InvalidArgument, "-Endpoint must be an address such as https://run.truebit.network, without user or query.");
        }

        if (endpoint.Scheme == "http" && !endpoint.IsLoopback)
        {
            throw new ErrorException(
                "InsecureEndpoint", ErrorCategory.SecurityError, $"The API key is not sent to {endpoint.Host} over http; use https (http is for loopback only).");
        }

        return new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }
}
