namespace Truebit.Manifest;

/// <summary>What the manifest does not allow about a call.</summary>
/// <param name="Field">Where, as rows name it: <c>body.customer.name</c>, <c>params.orderId</c>, <c>headers.X-Request-ID</c>, <c>path</c>.</param>
/// <param name="Rule">
/// The keyword of OpenAPI that is broken (<c>type</c>, <c>enum</c>, <c>required</c>); <c>operation</c> where no operation fits,
/// <c>known</c> where the operation has no such parameter or body, <c>ambiguous</c> where a text could be read two ways.
/// </param>
/// <param name="Expected">What the manifest asks for.</param>
/// <param name="Found">What is there; null where nothing is. Values of headers and passwords are not shown.</param>
public sealed record ManifestProblem(string Field, string Rule, string Expected, string? Found)
{
    /// <summary>The same in a sentence.</summary>
    public override string ToString() => $"{Field}: it must be {Expected}, but {(Found is null ? "is missing" : $"is {Found}")} ({Rule})";
}
