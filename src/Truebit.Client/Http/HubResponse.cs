using System.Net;

namespace Truebit.Client;

/// <summary>An answer, read to its end.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body, in UTF-8.</param>
/// <param name="RetryAfter">How long the hub asks to wait; null where it does not.</param>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="BodyProblem">Why the body cannot be read, in words; null where it can.</param>
internal sealed record HubResponse(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter, Uri? Location, string? BodyProblem);
