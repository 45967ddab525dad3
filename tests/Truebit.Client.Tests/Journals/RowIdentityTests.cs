using System.Text;

namespace Truebit.Client.Tests.Journals;

public sealed class RowIdentityTests
{
    [Fact]
    public void TheSameRequestHasTheSameIdentity() => Assert.Equal(Of(Request()), Of(Request()));

    [Theory]
    [InlineData("{\"b\":2,\"a\":{\"y\":1,\"x\":\"1\"}}")]
    [InlineData(" { \"a\" : { \"x\" : \"\\u0031\", \"y\" : 1 }, \"b\" : 2 } ")]
    [InlineData("{\"\\u0062\":2,\"a\":{\"y\":1,\"x\":\"1\"}}")]
    public void TheOrderOfMembersAndTheSpellingOfJsonPlayNoPart(string body) =>
        Assert.Equal(Of(Request("{\"a\":{\"x\":\"1\",\"y\":1},\"b\":2}")), Of(Request(body)));

    [Theory]
    [InlineData("{\"a\":1.0}")]
    [InlineData("{\"a\":\"1\"}")]
    [InlineData("{\"a\":[1]}")]
    [InlineData("{\"A\":1}")]
    [InlineData("{\"a\":1,\"b\":null}")]
    [InlineData("{}")]
    public void AnyOtherBodyIsAnotherRow(string body) => Assert.NotEqual(Of(Request("{\"a\":1}")), Of(Request(body)));

    [Theory]
    [InlineData("{\"a\":{\"b\":1},\"c\":2}", "{\"a\":{\"b\":1,\"c\":2}}")]
    [InlineData("{\"a\":{},\"}\":1}", "{\"a\":{\"}\":1}}")]
    [InlineData("[[1],2]", "[[1,2]]")]
    [InlineData("[\"[\"]", "[[]]")]
    [InlineData("[\"1\",2]", "[1,\"2\"]")]
    [InlineData("null", "\"null\"")]
    public void WhatNestsOtherwiseIsAnotherRow(string one, string other) => Assert.NotEqual(Of(Request(one)), Of(Request(other)));

    [Fact]
    public void MembersAreSortedAtEveryDepth() => Assert.Equal(
        Of(Request("{\"z\":[{\"b\":{\"d\":1,\"c\":[2,{\"f\":3,\"e\":4}]},\"a\":5}],\"y\":6}")),
        Of(Request("{\"y\":6,\"z\":[{\"a\":5,\"b\":{\"c\":[2,{\"e\":4,\"f\":3}],\"d\":1}}]}")));

    [Fact]
    public void OfTwoMembersOfOneNameTheOrderCounts() => Assert.NotEqual(Of(Request("{\"b\":1,\"a\":1,\"a\":2}")), Of(Request("{\"b\":1,\"a\":2,\"a\":1}")));

    [Fact]
    public void ALongTextIsReadToItsEnd()
    {
        string text = new('x', 600_000);
        Assert.NotEqual(Of(Request($"\"{text}a\"")), Of(Request($"\"{text}b\"")));
        Assert.Equal(Of(Request($"\"{text}a\"")), Of(Request($"\"{text}\\u0061\"")));
    }

    [Fact]
    public void AnArraysOrderCounts() => Assert.NotEqual(Of(Request("[1,2]")), Of(Request("[2,1]")));

    [Fact]
    public void ARotatedTokenOrAnotherTimeOutIsTheSameRow()
    {
        TaskRequest yesterday = Request(token: "Bearer old");
        TaskRequest today = Request(token: "Bearer new", executionTimeout: 5000);
        Assert.Equal(Of(yesterday), Of(today));
        Assert.NotEqual(Of(yesterday), Of(Request()));
    }

    [Fact]
    public void IdenticalRowsAreToldApartByTheirPlace()
    {
        RowIdentity row = RowIdentity.OfRequest(Request());
        Assert.Equal(3, new HashSet<RowIdentity> { row.Occurrence(1), row.Occurrence(2), row.Occurrence(3) }.Count);
        Assert.Equal(row.Occurrence(2), RowIdentity.OfRequest(Request()).Occurrence(2));
    }

    [Fact]
    public void PartsCannotFlowIntoEachOther()
    {
        ApiTaskRequest one = new() { Namespace = "ab", TaskName = "c", Input = [] };
        ApiTaskRequest other = new() { Namespace = "a", TaskName = "bc", Input = [] };
        Assert.NotEqual(Of(one), Of(other));
    }

    [Fact]
    public void AFunctionIsNeverTheRowOfAnApiTask() => Assert.NotEqual(
        Of(new ApiTaskRequest { Namespace = "ns", TaskName = "task", Input = [] }), Of(new FunctionTaskRequest { Namespace = "ns", TaskName = "task", Input = "" }));

    [Fact]
    public void ALaterRunOrAnotherTimeOutIsTheSameFunctionRow() => Assert.Equal(
        Of(Function()), Of(Function(timestamp: 1_710_262_226, executionTimeout: 6000)));

    [Fact]
    public void WhatTheNodesAreAskedMakesAnotherFunctionRow() => Assert.Equal(
        5, new HashSet<string> { Of(Function()), Of(Function("20 ")), Of(Function(total: 2)), Of(Function(required: 2)), Of(Function(gasLimit: "3")) }.Count);

    private static string Of(TaskRequest request) => RowIdentity.OfRequest(request).ToString();

    private static FunctionTaskRequest Function(
        string input = "20", uint total = 3, uint required = 1, string? gasLimit = null, uint? timestamp = null, uint? executionTimeout = null) => new()
        {
            Namespace = "ns",
            TaskName = "task",
            Input = input,
            TotalSolutions = total,
            RequiredSolutions = required,
            GasLimit = gasLimit,
            RequesterTimestamp = timestamp,
            ExecutionTimeout = executionTimeout,
        };

    private static ApiTaskRequest Request(string body = "{\"a\":1}", string? token = null, uint executionTimeout = 1000) => new()
    {
        Namespace = "ns",
        TaskName = "task",
        ExecutionTimeout = executionTimeout,
        Input = [new InputMember("body", Encoding.UTF8.GetBytes(body)), new InputMember("method", Encoding.UTF8.GetBytes("\"POST\""))],
        Headers = token is null ? [] : [new RequestHeader("Authorization", new SecretText(token))],
    };
}
