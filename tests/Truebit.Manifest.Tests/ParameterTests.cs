namespace Truebit.Manifest.Tests;

/// <summary>Operations are found by method and path template; parameters are checked where the row's path puts them.</summary>
public sealed class ParameterTests
{
    private const string Isbn = """[{"name":"ISBN","in":"query","required":true,"schema":{"type":"string","pattern":"^[0-9]{13}$"}},{"name":"page","in":"query","schema":{"type":"integer"}}]""";
    private const string Tags = """[{"name":"tag","in":"query","schema":{"type":"array","maxItems":2,"items":{"type":"integer"}}},{"name":"ids","in":"query","explode":false,"schema":{"type":"array","items":{"type":"integer"}}}]""";
    private const string Header = """[{"name":"X-Request-ID","in":"header","required":true,"schema":{"type":"string","format":"uuid"}},{"name":"X-Count","in":"header","schema":{"type":"integer","maximum":9}},{"name":"Authorization","in":"header","required":true,"schema":{"type":"string"}}]""";

    [Theory]
    [InlineData("GET", "/store/order/{orderId}", "getOrderById")]
    [InlineData("get", "/store/order/{anyName}", "getOrderById")]
    [InlineData("DELETE", "/store/order/7", "deleteOrder")]
    [InlineData("GET", "/store/inventory", "getInventory")]
    public void An_operation_is_found_by_method_and_template(string method, string path, string id) =>
        Assert.Equal(id, Manifests.PetStore().Find(method, path).Operation?.Id);

    [Theory]
    [InlineData("PUT", "/store/order", "method: it must be POST, but is PUT (operation)")]
    [InlineData(null, "/store/order/{id}", "method: it must be GET or DELETE, but is missing (operation)")]
    [InlineData("GET", "/store/orders", "path: it must be of one of the operations POST /store/order, GET /store/order/{orderId}, DELETE /store/order/{orderId}, GET /store/inventory, but is '/store/orders' (operation)")]
    [InlineData("GET", "/Store/inventory", "path: it must be of one of the operations POST /store/order, GET /store/order/{orderId}, DELETE /store/order/{orderId}, GET /store/inventory, but is '/Store/inventory' (operation)")]
    [InlineData("GET", null, "path: it must be a path of the manifest, but is missing (operation)")]
    public void What_is_no_operation_is_the_only_problem(string? method, string? path, string problem) =>
        Assert.Equal(problem, Assert.Single(Manifests.PetStore().Find(method, path).Check(null, null, [])).ToString());

    [Fact]
    public void A_path_without_placeholders_goes_before_one_with()
    {
        TaskManifest manifest = Manifests.Load("""
            {"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{
              "/pets/{id}":{"get":{"operationId":"one","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"200":{"description":"ok"}}}},
              "/pets/mine":{"get":{"operationId":"mine","responses":{"200":{"description":"ok"}}}}}}
            """);

        Assert.Equal("mine", manifest.Find("GET", "/pets/mine").Operation?.Id);
        Assert.Equal("one", manifest.Find("GET", "/pets/{id}").Operation?.Id);
    }

    [Theory]
    [InlineData("/store/order/{orderId}", """{"orderId":2}""")]
    [InlineData("/store/order/{no}", """{"no":2}""")]
    [InlineData("/store/order/2", null)]
    [InlineData("/store/order/{a}{b}", """{"a":1,"b":"2"}""")]
    [InlineData("/store/order/{orderId}", """{"orderId":"2"}""", "params.orderId type")]
    [InlineData("/store/order/{orderId}", """{"orderId":9223372036854775808}""", "params.orderId format")]
    [InlineData("/store/order/{orderId}", """{"orderId":[2]}""", "params.orderId type")]
    [InlineData("/store/order/{orderId}", null, "params.orderId required")]
    [InlineData("/store/order/{orderId}", """{"orderId":2,"more":1}""", "params.more known")]
    [InlineData("/store/order/two", null, "path type")]
    [InlineData("/store/order/{orderId}?x={x}", """{"orderId":2,"x":1}""", "path known")]
    public void A_parameter_of_the_path_is_checked(string path, string? values, params string[] problems) =>
        Assert.Equal(problems, Manifests.PetStore().Get(path, values));

    [Theory]
    [InlineData("/Book?ISBN={ISBN}", """{"ISBN":"9781449325862"}""")]
    [InlineData("/Book?ISBN={number}&page={page}", """{"number":"9781449325862","page":2}""")]
    [InlineData("/Book?ISBN=9781449325862&page=2", null)]
    [InlineData("/Book?ISBN={ISBN}", """{"ISBN":"12"}""", "params.ISBN pattern")]
    [InlineData("/Book?ISBN={ISBN}", """{"ISBN":9781449325862}""", "params.ISBN type")]
    [InlineData("/Book", null, "params.ISBN required")]
    [InlineData("/Book?isbn={ISBN}", """{"ISBN":"9781449325862"}""", "path known", "params.ISBN required")]
    [InlineData("/Book?ISBN=9781449325862&page=two", null, "path type")]
    public void A_parameter_of_the_query_is_found_by_its_key(string path, string? values, params string[] problems) =>
        Assert.Equal(problems, Manifests.OfParameters("/Book", Isbn).Get(path, values));

    [Theory]
    [InlineData("/p?tag={a}&tag={b}", """{"a":1,"b":2}""")]
    [InlineData("/p?tag=1&tag=2&tag={c}", """{"c":3}""", "path maxItems")]
    [InlineData("/p?tag={a}", """{"a":"x"}""", "params.a.0 type")]
    [InlineData("/p?ids={ids}", """{"ids":"1,2,3"}""")]
    [InlineData("/p?ids={ids}", """{"ids":"1,x"}""", "params.ids.1 type")]
    public void An_array_in_the_query_is_many_parameters_or_one_with_commas(string path, string values, params string[] problems) =>
        Assert.Equal(problems, Manifests.OfParameters("/p", Tags).Get(path, values));

    [Fact]
    public void What_an_array_holds_is_found_through_references()
    {
        TaskManifest manifest = Manifests.OfPaths(
            """{"/p":{"get":{"parameters":[{"name":"n","in":"query","schema":{"allOf":[{"$ref":"#/components/schemas/L"}]}}]}}}""", """{"schemas":{"L":{"type":"array","items":{"type":"integer"}}}}""");

        Assert.Empty(manifest.Get("/p?n=1&n={b}", """{"b":2}"""));
        Assert.Equal(["path type"], manifest.Get("/p?n=x")[..1].Select(static problem => problem.Replace(".0", "")));
    }

    [Fact]
    public void Headers_are_checked_and_never_shown()
    {
        ManifestCall call = Manifests.OfParameters("/p", Header).Find("GET", "/p");

        ManifestProblem[] problems = [.. call.Check(null, null, [new("x-request-id", "s3cret"), new("X-Count", "77"), new("X-Other", "s3cret")])];

        Assert.Equal(["headers.X-Request-ID format", "headers.X-Count maximum"], Manifests.Rules(problems));
        Assert.DoesNotContain(problems, static problem => problem.ToString().Contains("s3cret") || problem.ToString().Contains("77"));
        Assert.Empty(call.Check(null, null, [new("X-Request-ID", "0f8fad5b-d9cb-469f-a165-70867728950e"), new("X-Count", "7")]));
        Assert.Equal(["headers.X-Request-ID required"], Manifests.Rules(call.Check(null, null, [])));
    }

    [Fact]
    public void Paths_with_values_written_into_them_do_not_pile_up()
    {
        TaskManifest manifest = Manifests.PetStore();
        ManifestCall first = manifest.Find("GET", "/store/order/{id}");
        Assert.Same(first, manifest.Find("GET", "/store/order/{id}"));

        for (int id = 0; id < 1001; id++)
        {
            manifest.Find("GET", $"/store/order/{id}");
        }

        Assert.NotSame(first, manifest.Find("GET", "/store/order/{id}"));
    }
}
