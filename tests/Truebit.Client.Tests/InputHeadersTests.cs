namespace Truebit.Client.Tests;

/// <summary>The one place that hides the headers of an input, or finds them.</summary>
public sealed class InputHeadersTests
{
    [Theory]
    [InlineData(
        """{"method":"GET","headers":{"Authorization":"Bearer abc","X-\u0041":"abc"},"path":"/a","params":{"big":12345678901234567890}}""",
        """{"method":"GET","headers":{"Authorization":"(secret)","X-A":"(secret)"},"path":"/a","params":{"big":12345678901234567890}}""")]
    [InlineData("""{"path":"/","method":"GET","Headers":["abc"]}""", """{"path":"/","method":"GET","Headers":"(secret)"}""")]
    [InlineData("""{"path":"/","method":"GET","headers":"abc","head\u0065rs":{"a":"abc"}}""", """{"path":"/","method":"GET","headers":"(secret)","headers":{"a":"(secret)"}}""")]
    [InlineData("""{"path":"/","method":"POST","body":{"headers":{"kept":"yes"}}}""", """{"path":"/","method":"POST","body":{"headers":{"kept":"yes"}}}""")]
    public void The_values_of_headers_are_hidden_and_nothing_else(string input, string hidden) => Assert.Equal(hidden, InputHeaders.Hide(input));

    [Theory]
    [InlineData("\"20\"")]
    [InlineData("{ \"path\" : \"/\" }")]
    public void An_input_without_headers_stays_letter_for_letter(string input) => Assert.Same(input, InputHeaders.Hide(input));

    [Theory]
    [InlineData("""{"transcript":[{"message":{"type":"dispatch_api_task","input":{"headers":{"X-A":"1","X-B":null} } } }]}""", "X-A")]
    [InlineData("""{"transcript":[{"message":{"task":{"input":{"request":{"Headers":["X-A: 1"]} } } } }]}""", "headers")]
    [InlineData("""{"transcript":[{"message":{"input":{"headers":{"X-A":"(secret)","X-B":""} } } }]}""", "")]
    [InlineData("""{"transcript":[{"message":{"headers":{"Server":"x"} } }]}""", "")]
    public void Headers_in_a_transcript_are_found_in_its_inputs_wherever_they_are(string transcript, string names) =>
        Assert.Equal(names, string.Join(",", InputHeaders.FindInTranscript(transcript)));
}
