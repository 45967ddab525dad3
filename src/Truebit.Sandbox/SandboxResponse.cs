namespace Truebit.Sandbox;

/// <summary>How much of an answer gets to the caller.</summary>
internal enum Delivery
{
    Whole,

    /// <summary>Its headers and the first half of its body; then the connection breaks.</summary>
    Half,

    /// <summary>Nothing: the connection breaks.</summary>
    None,
}

/// <summary>What goes back to the caller: JSON, unless it says otherwise.</summary>
internal sealed class SandboxResponse(int statusCode, byte[] body)
{
    /// <summary>The connection breaks in place of an answer.</summary>
    public static SandboxResponse Nothing { get; } = new(0, []) { Delivery = Delivery.None };

    public int StatusCode => statusCode;

    public byte[] Body => body;

    public string ContentType { get; init; } = "application/json";

    /// <summary>The seconds of a Retry-After; null (the default) for none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Where a redirect leads; null (the default) for none.</summary>
    public string? Location { get; init; }

    /// <summary>How many blanks follow the body.</summary>
    public int Padding { get; init; }

    public Delivery Delivery { get; init; }
}
