namespace Truebit.Client.Tests;

/// <summary>What may be a header's name and value (RFC 9110, 5.1, 5.5, 5.6.2).</summary>
public sealed class HeaderRulesTests
{
    [Theory]
    [InlineData("Accept")]
    [InlineData("X-Request-ID")]
    [InlineData("x")]
    [InlineData("0-9")]
    [InlineData("!#$%&'*+-.^_`|~")]
    public void A_token_is_a_name(string name) => Assert.Null(HeaderRules.CheckName(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_name_is_not_empty(string? name) =>
        Assert.Contains("empty", HeaderRules.CheckName(name), StringComparison.Ordinal);

    [Theory]
    [InlineData(" X")]
    [InlineData("X ")]
    [InlineData("X Y")]
    [InlineData("X:")]
    [InlineData("X\tY")]
    [InlineData("Ünit")]
    [InlineData("X\u007f")]
    public void A_name_with_any_other_character_is_refused_and_named(string name)
    {
        string? why = HeaderRules.CheckName(name);

        Assert.Contains("is not a header name", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_character_of_ASCII_is_in_a_token_or_not()
    {
        const string Separators = "\"(),/:;<=>?@[\\]{} ";
        foreach (char c in Enumerable.Range(0, 128).Select(code => (char)code))
        {
            bool isToken = c is > ' ' and < '\x7f' && !Separators.Contains(c, StringComparison.Ordinal);

            Assert.True(HeaderRules.CheckName($"X{c}") is null == isToken, $"U+{(int)c:X4}");
        }
    }

    [Fact]
    public void A_bad_name_is_printed_without_its_control_characters()
    {
        string why = HeaderRules.CheckName("X\r\nEvil: 1\u001b\u007f")!;

        Assert.Contains("'X??Evil: 1??'", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("Bearer abc.def=")]
    [InlineData("a b\tc")]
    [InlineData("\"quoted\", (list); q=0.5")]
    [InlineData("Größe")]
    public void A_line_of_text_is_a_value(string value) => Assert.Null(HeaderRules.CheckValue("X", value));

    [Theory]
    [InlineData("a\rb", "line break")]
    [InlineData("a\nb", "line break")]
    [InlineData("a\r\nEvil: 1", "line break")]
    [InlineData("a\n", "line break")]
    [InlineData("a\0b", "control character")]
    [InlineData("a\u001bb", "control character")]
    [InlineData("a\u007fb", "control character")]
    [InlineData(" a", "white space")]
    [InlineData("a\t", "white space")]
    [InlineData(" ", "white space")]
    public void A_bad_value_is_refused_without_being_repeated(string value, string reason)
    {
        string? why = HeaderRules.CheckValue("X-Name", value);

        Assert.Contains(reason, why, StringComparison.Ordinal);
        Assert.Contains("'X-Name'", why, StringComparison.Ordinal);
        Assert.DoesNotContain("Evil", why, StringComparison.Ordinal);
        Assert.False(why!.Any(char.IsControl), why);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("content-length")]
    [InlineData("TRANSFER-ENCODING")]
    [InlineData("Connection")]
    [InlineData("X-API-Key")]
    public void A_header_that_is_the_hubs_business_has_a_warning(string name) => Assert.NotEmpty(HeaderRules.Conflict(name)!);

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Content-Type")]
    [InlineData("X-Request-ID")]
    public void Other_headers_have_none(string name) => Assert.Null(HeaderRules.Conflict(name));
}
