namespace Truebit.Rows;

/// <summary>
/// What a manifest says of rows. Rows are bound through this seam only, so that the manifest's libraries are not loaded where there is none.
/// </summary>
internal interface IRowRules
{
    /// <summary>The rules for calls of this method and path.</summary>
    ICallRules ForCall(string? method, string? path);
}
