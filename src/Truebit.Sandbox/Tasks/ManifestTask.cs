using System.Text;
using Truebit.Manifest;

namespace Truebit.Sandbox.Tasks;

/// <summary>An API task that is known by its manifest alone: it checks as the hub does, and answers from the examples.</summary>
internal sealed class ManifestTask(TaskManifest manifest) : ISandboxTask
{
    /// <exception cref="ArgumentException">The file is no manifest.</exception>
    public static ManifestTask Load(string file)
    {
        try
        {
            return new ManifestTask(TaskManifest.Load(file));
        }
        catch (ManifestException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }

    public Func<TaskOutput> Prepare(Field input)
    {
        ApiCall call = ApiCall.Read(input);
        try
        {
            ManifestCall known = manifest.Find(call.Method, call.Path);
            IReadOnlyList<ManifestProblem> problems = known.Check(input.Find("params")?.Value, call.Body?.Value, Headers(call));
            if (problems.Count > 0)
            {
                throw new RejectedException(400, string.Join("; ", problems.Select(static problem => $"input.{problem}")));
            }

            byte[] answer = Encoding.UTF8.GetBytes(known.Operation!.ExampleAnswer());
            return () => new TaskOutput(answer, succeeded: true);
        }
        catch (ManifestException e)
        {
            throw new RejectedException(500, e.Message);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(ApiCall call) =>
        call.Headers?.Members().Select(static header => new KeyValuePair<string, string>(header.Name, header.Field.AsString())) ?? [];
}
