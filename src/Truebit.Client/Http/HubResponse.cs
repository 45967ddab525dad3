using System.Net;

namespace Truebit.Client;

/// <summary>An answer, read to its end.</summary>
internal sealed record HubResponse(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter, Uri? Location);
