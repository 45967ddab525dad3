namespace Truebit.Client;

/// <summary>How deeply JSON may be nested before it is refused, so that reading it cannot exhaust the stack.</summary>
public static class JsonLimits
{
    /// <summary>For requests and results.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>For transcripts and invoices: a transcript nests everything that its execution saw.</summary>
    public const int MaxDocumentDepth = 10_000;
}
