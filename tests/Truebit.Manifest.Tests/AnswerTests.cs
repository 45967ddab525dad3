namespace Truebit.Manifest.Tests;

/// <summary>What a target may answer: the manifest's example where it keeps to its schema, else one that is made.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("""{"200":{"content":{"application/json":{"example":{"a":1.10}}}}}""", """{"a":1.10}""")]
    [InlineData("""{"200":{"content":{"application/json":{"schema":{"type":"string"},"examples":{"no":{"value":1},"yes":{"value":"b"}}}}}}""", "\"b\"")]
    [InlineData("""{"200":{"content":{"application/json":{"schema":{"type":"integer","minimum":3},"example":1}}}}""", "3")]
    [InlineData("""{"200":{"content":{"application/json":{"schema":{"required":["r","w"],"properties":{"r":{"type":"boolean","readOnly":true},"w":{"type":"boolean","writeOnly":true}}}}}}}""", """{"r":true}""")]
    [InlineData("""{"200":{"$ref":"#/components/responses/R"}}""", "7")]
    [InlineData("""{"404":{"content":{"application/json":{"example":4}}},"201":{"content":{"application/json":{"example":2}}},"default":{"content":{"application/json":{"example":1}}}}""", "2")]
    [InlineData("""{"default":{"content":{"text/plain":{"example":"t"},"application/problem+json":{"example":1}}}}""", "1")]
    [InlineData("""{"204":{"description":"nothing"}}""", "null")]
    [InlineData("{}", "null")]
    public void An_answer_is_of_the_first_success(string responses, string answer)
    {
        TaskManifest manifest = Manifests.OfPaths($$$"""{"/p":{"get":{"responses": {{{responses}}} } } }""", """{"responses":{"R":{"content":{"application/json":{"example":7}}}}}""");

        Assert.Equal(answer, Assert.Single(manifest.Operations).ExampleAnswer());
    }

    [Fact]
    public void An_answer_that_cannot_be_followed_is_no_problem_of_the_call()
    {
        TaskManifest manifest = Manifests.OfPaths("""{"/p":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/nowhere"}}}}}}}}""");

        Assert.Empty(manifest.Get("/p"));
        Assert.Contains("GET /p", Assert.Throws<ManifestException>(() => manifest.Operations[0].ExampleAnswer()).Message);
    }
}
