namespace Truebit.Client;

/// <summary>A line of a journal, and what its checksums say.</summary>
/// <param name="Text">Its bytes, without the end.</param>
/// <param name="BodyLength">How many of them stand before the comma in front of its checksums; 0 where it does not fit.</param>
/// <param name="Previous">The checksum that it gives for the line before.</param>
/// <param name="Check">Its own.</param>
internal readonly record struct CheckedLine(ReadOnlyMemory<byte> Text, int BodyLength, uint Previous, uint Check)
{
    /// <summary>Whether it has its end. Only the last one can lack it: it is torn, or its line feed was lost.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether it fits its checksum.</summary>
    public bool Fits => BodyLength > 0;

    /// <summary>The line up to the comma before its checksums.</summary>
    public ReadOnlySpan<byte> Body => Text.Span.Slice(0, BodyLength);
}
