namespace Truebit.Proof.Tests;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"b":{"z":1,"y":[{"d":1,"c":2}]},"a":0}""", """{"a":0,"b":{"z":1,"y":[{"d":1,"c":2}]}}""")]
    [InlineData(" {\t\"a\" :\r\n [ 1 , \" \\\" , \" ] } ", """{"a":[1," \" , "]}""")]
    [InlineData("""{"p":5e-7,"q":1.10,"r":12345678901234567890,"s":-0,"t":1E+2}""", """{"p":5e-7,"q":1.10,"r":12345678901234567890,"s":-0,"t":1E+2}""")]
    [InlineData("""{"t":"é\u00e9\/\\","ü":"😀\ud83d\ude00\ud800"}""", """{"t":"é\u00e9\/\\","ü":"😀\ud83d\ude00\ud800"}""")]
    [InlineData("""{"type":1,"msgHash":2,"signature":3,"Type":4,"a":{"type":5}}""", """{"Type":4,"a":{"type":5}}""")]
    [InlineData("""{"type":1}""", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("""{"a":1,"B":2,"_":3,"aa":4}""", """{"B":2,"_":3,"a":1,"aa":4}""")]
    [InlineData("""{"":1,"a":[ ]}""", """{"":1,"a":[]}""")]
    public void ItIsMadeOfTheBytes(string json, string expected) => Assert.Equal(expected, Write(json));

    // JavaScript compares UTF-16 units, in which U+1F600 (a surrogate pair) stands before U+FFFD; in UTF-8 it is after it.
    [Fact]
    public void NamesAreOrderedAsInJavaScript() => Assert.Equal("{\"😀\":1,\"\uFFFD\":2}", Write("{\"\uFFFD\":2,\"😀\":1}"));

    [Fact]
    public void AnEscapedNameIsTheNameThatItSpells() =>
        Assert.Equal("""{"\u0062":2,"c":3}""", Write("""{"c":3,"\u0062":2,"\u0074ype":1}"""));

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"\u0061":1}""")]
    [InlineData("""{"type":1,"type":2}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{/**/}")]
    public void WhatHasNoTextIsSaid(string json)
    {
        Assert.Null(CanonicalText.Of(Samples.Utf8(json), CanonicalText.LeftOutOfMessages, out string problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void DuplicatesInNestedObjectsAreContentLikeAnyOther() => Assert.Equal("""{"a":{"b":1,"b":2}}""", Write("""{"a":{"b":1,"b":2}}"""));

    [Fact]
    public void AByteOrderMarkIsNoContent() => Assert.Equal("{\"a\":1}", Write("\uFEFF{\"a\":1}"));

    [Fact]
    public void TextThatIsNotUtf8IsRefused()
    {
        Assert.Null(CanonicalText.Of(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, [], out string problem));
        Assert.Contains("UTF-8", problem);
    }

    [Fact]
    public void ASliceOfALargerBufferIsReadAlone()
    {
        byte[] buffer = Samples.Utf8("xx{\"b\":1,\"a\":2}yy");
        Assert.Equal("{\"a\":2,\"b\":1}", Samples.Text(CanonicalText.Of(buffer.AsMemory(2, buffer.Length - 4), [], out _)!));
    }

    private static string Write(string json) =>
        Samples.Text(CanonicalText.Of(Samples.Utf8(json), CanonicalText.LeftOutOfMessages, out string problem) ?? throw new InvalidOperationException(problem));
}
