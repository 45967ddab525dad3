using System.Collections.Concurrent;
using System.Globalization;

namespace Truebit.Sandbox.Tasks;

/// <summary><c>sandbox/petstore</c>: the orders of the Swagger pet store, in memory.</summary>
internal sealed class PetStoreTask : ISandboxTask
{
    private readonly ConcurrentDictionary<long, PetStoreOrder> _orders = new();

    public Func<TaskOutput> Prepare(Field input)
    {
        ApiCall call = ApiCall.Read(input);
        switch ($"{call.Method} {call.Path}")
        {
            case "POST /store/order":
                PetStoreOrder order = PetStoreOrder.Read(input.Get("body"));
                return () => Store(order);
            case "GET /store/order/{orderId}":
                long wanted = PetStoreOrder.ReadId(call.Parameter("orderId"));
                return () => Get(wanted);
            case "DELETE /store/order/{orderId}":
                long unwanted = PetStoreOrder.ReadId(call.Parameter("orderId"));
                return () => Delete(unwanted);
            case "GET /store/inventory":
                return CountByStatus;
            default:
                throw new RejectedException(400, "input.method and input.path must be one of the operations "
                    + "POST /store/order, GET /store/order/{orderId}, DELETE /store/order/{orderId}, GET /store/inventory");
        }
    }

    private TaskOutput Store(PetStoreOrder order)
    {
        _orders[order.Id] = order;
        return new TaskOutput(order.Json, succeeded: true);
    }

    private TaskOutput Get(long id) =>
        _orders.TryGetValue(id, out PetStoreOrder? order) ? new TaskOutput(order.Json, succeeded: true) : NotFound();

    private TaskOutput Delete(long id) =>
        _orders.TryRemove(id, out _)
            ? new TaskOutput(Report(200, "unknown", id.ToString(CultureInfo.InvariantCulture)), succeeded: true)
            : NotFound();

    private TaskOutput CountByStatus()
    {
        ICollection<PetStoreOrder> orders = _orders.Values;
        byte[] output = Json.WriteObject(json =>
        {
            foreach (string status in PetStoreOrder.Statuses)
            {
                json.WriteNumber(status, orders.Count(order => order.Status == status));
            }
        });
        return new TaskOutput(output, succeeded: true);
    }

    private static TaskOutput NotFound() => new(Report(1, "error", "Order not found"), succeeded: false);

    /// <summary>The pet store's own <c>ApiResponse</c>.</summary>
    private static byte[] Report(int code, string type, string message) => Json.WriteObject(json =>
    {
        json.WriteNumber("code", code);
        json.WriteString("type", type);
        json.WriteString("message", message);
    });
}
