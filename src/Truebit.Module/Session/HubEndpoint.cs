using System.Management.Automation;

namespace Truebit.Session;

/// <summary>Checks that a key may be sent to an address.</summary>
internal static class HubEndpoint
{
    /// <summary>The public hub (truebit-api.md 1).</summary>
    public static readonly Uri Default = new("https://run.truebit.network/");

    /// <summary>Returns the address as a base for the hub's paths.</summary>
    /// <exception cref="ErrorException">It is not a valid address, or the key would be sent unencrypted.</exception>
    public static Uri Check(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http") || endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0)
        {
            throw new ErrorException(
                "InvalidEndpoint", ErrorCategory.InvalidArgument, "-Endpoint must be an address with https://, such as https://run.truebit.network, without a user name or a query.");
        }

        if (endpoint.Scheme == "http" && !endpoint.IsLoopback)
        {
            throw new ErrorException(
                "InsecureEndpoint", ErrorCategory.SecurityError, $"The API key cannot be sent to {endpoint.Host} over http. Use https; only loopback addresses may use http.");
        }

        return new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }
}
