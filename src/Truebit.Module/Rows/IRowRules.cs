namespace Truebit.Rows;

/// <summary>
/// What a manifest requires of rows. An interface, so that the libraries for manifests are not loaded without a manifest.
/// </summary>
internal interface IRowRules
{
    /// <summary>The rules for calls with this method and path.</summary>
    ICallRules ForCall(string? method, string? path);
}
