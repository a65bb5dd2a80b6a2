using System.Globalization;
using System.Net;
using System.Text.Json;

namespace GateAction.GitHub.Api;

/// <summary>Reads an answer with an error status (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api).</summary>
internal static class Refusal
{
    public static ApiException Read(ApiRequest request, HttpResponseMessage response, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var status = response.StatusCode;
        var said = Said(body);
        var answered = $"GitHub answered {(int)status} '{said ?? response.ReasonPhrase}' to {request}";
        var wait = Wait(response, said, now);
        if (wait is not null || status == HttpStatusCode.TooManyRequests)
            return new(RateLimited(answered, wait, now)) { Status = status, Said = said, IsTransient = true, RetryAfter = wait };
        return (int)status switch
        {
            >= 500 or 408 => new(answered) { Status = status, Said = said, IsTransient = true, MayHaveHappened = true, RetryAfter = After(response, now) },
            401 => new($"GitHub does not accept the token ({answered}): pass 'github-token: ${{{{ github.token }}}}', or a token that has not expired") { Status = status, Said = said },
            403 when !IsPolicy(said) => new(Forbidden(request, answered)) { Status = status, Said = said, IsForbidden = true },
            404 when !request.IsRepeatable => new(Forbidden(request, answered)) { Status = status, Said = said, IsForbidden = true },
            404 => new($"{answered}: it does not exist, or the token may not {request.Permission.Deed}; then {request.Permission.Remedy}") { Status = status, Said = said },
            _ => new(answered) { Status = status, Said = said },
        };
    }

    private static string Forbidden(ApiRequest request, string answered) =>
        $"the token may not {request.Permission.Deed} ({answered}): {request.Permission.Remedy}";

    /// <summary>A refusal that no permission of the token would change: a locked conversation, a blocked user, an archived repository.</summary>
    private static bool IsPolicy(string? said) => said is not null
        && (said.Contains("locked", StringComparison.OrdinalIgnoreCase)
            || said.Contains("archived", StringComparison.OrdinalIgnoreCase)
            || said.Contains("blocked", StringComparison.OrdinalIgnoreCase));

    private static string RateLimited(string answered, TimeSpan? wait, DateTimeOffset now) => wait is null
        ? $"GitHub's rate limit is used up ({answered})"
        : $"GitHub's rate limit is used up until {now + wait:HH:mm:ss} UTC ({answered})";

    /// <summary>How long a rate limit asks to wait; null where the answer is not about a rate limit.</summary>
    private static TimeSpan? Wait(HttpResponseMessage response, string? said, DateTimeOffset now)
    {
        if ((int)response.StatusCode is not (403 or 429))
            return null;
        if (After(response, now) is { } after)
            return after;
        if (Header(response, "x-ratelimit-remaining") == "0" && long.TryParse(Header(response, "x-ratelimit-reset"), CultureInfo.InvariantCulture, out var reset))
            return NotNegative(DateTimeOffset.FromUnixTimeSeconds(reset) - now + TimeSpan.FromSeconds(1));
        return said?.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase) == true ? TimeSpan.FromMinutes(1) : null;
    }

    private static TimeSpan? After(HttpResponseMessage response, DateTimeOffset now) =>
        NotNegative(response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - now);

    private static TimeSpan? NotNegative(TimeSpan? wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>GitHub's <c>message</c> and the parts of its <c>errors</c>, on one line.</summary>
    private static string? Said(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.Text("message") is not { } message)
                return null;
            var details = document.RootElement.Items("errors").Select(Detail).OfType<string>().Where(detail => detail != message);
            return OneLine(string.Join("; ", [message, .. details]));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Detail(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.GetString(),
        JsonValueKind.Object => error.Text("message") ?? $"{error.Text("resource")}.{error.Text("field")}: {error.Text("code")}",
        _ => null,
    };

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 300 ? line : line[..299] + "…";
    }
}
