namespace Truebit.Sandbox.Tasks;

/// <summary><c>sandbox/echo</c>: answers with the request that the target would have seen.</summary>
internal sealed class EchoTask : ISandboxTask
{
    public Func<TaskOutput> Prepare(Field input)
    {
        ApiCall call = ApiCall.Read(input);
        string? path = call.FilledPath();
        byte[] output = Json.WriteObject(json =>
        {
            json.WriteString("method", call.Method);
            json.WriteString(path is null ? "url" : "path", path ?? call.Url);
            if (call.Headers is { } headers)
            {
                json.WriteRaw("headers", headers.Value);
            }

            if (call.Body is { } body)
            {
                json.WriteRaw("body", body.Value);
            }
        });
        return () => new TaskOutput(output, succeeded: true);
    }
}
