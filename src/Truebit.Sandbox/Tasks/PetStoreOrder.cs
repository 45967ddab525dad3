using System.Text;
using System.Text.RegularExpressions;

namespace Truebit.Sandbox.Tasks;

/// <summary>An order of the pet store, checked as its manifest would and kept as it was sent.</summary>
internal sealed class PetStoreOrder
{
    public static readonly string[] Statuses = ["placed", "approved", "delivered"];

    // RFC 3339, 5.6, without its lower-case spellings
    private static readonly Regex DateTimeShape = new(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant);

    private PetStoreOrder(long id, string? status, byte[] json)
    {
        Id = id;
        Status = status;
        Json = json;
    }

    public long Id { get; }

    public string? Status { get; }

    public byte[] Json { get; }

    public static PetStoreOrder Read(Field body)
    {
        foreach ((string name, Field field) in body.AsObject().Members())
        {
            Check(name, field);
        }

        return new PetStoreOrder(
            ReadId(body.Get("id")),
            body.Find("status")?.AsString(),
            Encoding.UTF8.GetBytes(body.Value.GetRawText()));
    }

    public static long ReadId(Field id) => id.AsInteger(long.MinValue, long.MaxValue);

    private static void Check(string name, Field field)
    {
        switch (name)
        {
            case "id" or "petId":
                field.AsInteger(long.MinValue, long.MaxValue);
                break;
            case "quantity":
                field.AsInteger(int.MinValue, int.MaxValue);
                break;
            case "shipDate":
                CheckDateTime(field);
                break;
            case "status":
                field.AsOneOf(Statuses);
                break;
            case "complete":
                field.AsBoolean();
                break;
            default:
                throw new RejectedException(400,
                    $"{field.Path} is not a property of an order: id, petId, quantity, shipDate, status, complete");
        }
    }

    private static void CheckDateTime(Field field)
    {
        if (!DateTimeShape.IsMatch(field.AsString()) || !field.Value.TryGetDateTimeOffset(out _))
        {
            throw field.Invalid("a date-time such as 2077-08-24T14:15:22Z");
        }
    }
}
