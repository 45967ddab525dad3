using System.Text.Json;

namespace Truebit.Client;

/// <summary>
/// Finds the execution's id in an answer that does not count as accepted: it broke off, is too deep or too long, is not JSON to its end,
/// or came with a status that refuses. The id may be the only trace of an execution that was paid for.
/// </summary>
internal static class CandidateReader
{
    /// <summary>The id; null where the answer has none, or two that differ.</summary>
    public static string? Find(ReadOnlySpan<byte> answer)
    {
        // Not the final block: then an end in the middle is not an error. Depth does not matter: what is deep is only passed over.
        Utf8JsonReader json = new(answer.Slice(BodyEncoding.MarkLength(answer)), isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
        string? id = null;
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = json.ValueTextEquals("executionId");
                if (!json.Read())
                {
                    break;
                }

                if (isId && json.TokenType == JsonTokenType.String && json.GetString() is string found && ExecutionIdText.IsUsable(found))
                {
                    if (id is not null && !ExecutionIdText.AreSame(id, found))
                    {
                        return null;
                    }

                    id = found;
                }

                if (!json.TrySkip())
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It is not JSON from here on, or the id is not Unicode; what was found before stays.
        }

        return id;
    }
}
