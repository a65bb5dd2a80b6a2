using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using GateAction.Cel.Values;

namespace GateAction.GitHub.Api;

/// <summary>A call that GitHub refused or did not answer. The message is a sentence for the user and never holds the token.</summary>
internal sealed class GitHubException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Null if there was no answer, or none that could be read.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>True if the same call may do better a little later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>True if GitHub may have done what was asked although its answer did not say so.</summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>How long GitHub asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True if the token lacks a permission.</summary>
    public bool IsForbidden { get; init; }

    /// <summary>True if another writer has come before a write whose first attempt is not known to have happened.</summary>
    public bool IsSuperseded { get; init; }

    public bool IsNotFound => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}

/// <summary>
/// Words what went wrong with a call (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api). Octokit's own
/// exceptions are not used: they know no permission, and cannot read a 429 or an <c>errors</c> that holds a text.
/// </summary>
/// <param name="call">As <c>GET repos/octo-org/shop/pulls/1</c>.</param>
/// <param name="permission">What the token must have for the call.</param>
internal sealed class Refusal(HttpMethod method, string call, Permission permission, Uri apiUrl)
{
    /// <summary>The last second of the year 9999, in Unix time.</summary>
    private const long LastSecond = 253_402_300_799;

    /// <summary>An answer with another status than that of success.</summary>
    public GitHubException Of(HttpResponseMessage response, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var status = response.StatusCode;
        var said = Said(body);
        var answered = $"GitHub answered {(int)status} '{said ?? response.ReasonPhrase}' to {call}{Place(response)}";
        // First of all: GitHub answers a rate limit with 403 too, and a missing permission would be the wrong advice.
        var wait = Wait(response, said, now);
        if (wait is not null || status == HttpStatusCode.TooManyRequests)
            return new(RateLimited(answered, wait, now)) { Status = status, IsTransient = true, RetryAfter = wait };
        return (int)status switch
        {
            >= 500 or 408 => new(answered)
            { Status = status, IsTransient = true, MayHaveHappened = true, RetryAfter = After(response, now) },
            401 => new(
                $"GitHub does not accept the token ({answered}): pass 'github-token: ${{{{ github.token }}}}', or a token that has not "
                + "expired")
            {
                Status = status,
            },
            403 when !IsPolicy(said) => new(Forbidden(answered)) { Status = status, IsForbidden = true },
            // GitHub answers 404, not 403, to a write that the token may not do, so that nobody learns of private repositories.
            404 when method == HttpMethod.Post => new(Forbidden(answered)) { Status = status, IsForbidden = true },
            404 => new($"{answered}: it does not exist, or the token may not {permission.Purpose}; then {permission.Repair}")
            { Status = status },
            _ => new(answered) { Status = status },
        };
    }

    /// <summary>No answer, or half of one.</summary>
    public GitHubException NoAnswer(Exception exception, string? cause = null) =>
        new($"GitHub at '{apiUrl.ToString().TrimEnd('/')}' could not be reached ({call}): {cause ?? Cause(exception)}", exception)
        {
            // A certificate that is not trusted is not trusted in a second either.
            IsTransient = exception.GetBaseException() is not AuthenticationException,
            // Before the request was on its way nothing can have happened. Any other break may have come after GitHub had done its work.
            MayHaveHappened = exception is not HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
            },
        };

    public GitHubException Unreadable(string what, Exception? exception = null) =>
        new($"GitHub's answer to {call} is not the JSON that its documentation names: {what}", exception)
        {
            IsTransient = true,
            MayHaveHappened = true,
        };

    public GitHubException TooLong(long bytes) =>
        new($"GitHub's answer to {call} is longer than {bytes / 1024 / 1024} MiB") { MayHaveHappened = true };

    private string Forbidden(string answered) => $"the token may not {permission.Purpose} ({answered}): {permission.Repair}";

    /// <summary>Where a redirect led that is not followed, without its path and query: they may hold a key.</summary>
    private static string Place(HttpResponseMessage response) =>
        (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { IsAbsoluteUri: true } location
            ? $", which points to '{location.GetLeftPart(UriPartial.Authority)}'"
            : "";

    private static string Cause(Exception exception) => exception.GetBaseException() switch
    {
        SocketException socket => socket.Message,
        InvalidDataException => "the answer's compression is damaged",
        AuthenticationException tls => $"{tls.Message} (a certificate authority of one's own is given by SSL_CERT_FILE)",
        var other => other.Message,
    };

    /// <summary>A refusal that no permission of the token would change: a locked conversation, a blocked user, an archived
    /// repository.</summary>
    private static bool IsPolicy(string? said) => said is not null
        && (said.Contains("locked", StringComparison.OrdinalIgnoreCase)
            || said.Contains("archived", StringComparison.OrdinalIgnoreCase)
            || said.Contains("blocked", StringComparison.OrdinalIgnoreCase)
            || said.StartsWith("This workflow", StringComparison.Ordinal));

    private static string RateLimited(string answered, TimeSpan? wait, DateTimeOffset now) => wait is null
        ? $"GitHub's rate limit is used up ({answered})"
        : $"GitHub's rate limit is used up until {now + wait:HH:mm:ss} UTC ({answered})";

    /// <summary>How long a rate limit asks to wait; null if the answer is not about a rate limit.</summary>
    private static TimeSpan? Wait(HttpResponseMessage response, string? said, DateTimeOffset now)
    {
        // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: Retry-After first, then the time of the reset, and
        // for a secondary limit that says neither at least a minute.
        if ((int)response.StatusCode is not (403 or 429))
            return null;
        if (After(response, now) is { } after)
            return after;
        if (Header(response, "x-ratelimit-remaining") == "0"
            && long.TryParse(Header(response, "x-ratelimit-reset"), CultureInfo.InvariantCulture, out var reset)
            && reset is >= 0 and <= LastSecond)
            // The time is in whole seconds: a call at the very beginning of that second may be refused again.
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
            if (document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.TextAt("message") is not { } message)
                return null;
            IEnumerable<string> errors = document.RootElement.TextAt("errors") is { } text
                ? [text]
                : document.RootElement.ItemsAt("errors").Select(Detail).OfType<string>();
            return OneLine(string.Join("; ", [message, .. errors.Where(detail => detail != message)]));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair in it.
            return null;
        }
    }

    private static string? Detail(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.TextAt(),
        JsonValueKind.Object => error.TextAt("message") ?? $"{error.TextAt("resource")}.{error.TextAt("field")}: {error.TextAt("code")}",
        _ => null,
    };

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 300 ? line : line[..299] + "…";
    }
}

/// <summary>What a token must be allowed to do, in the words of a workflow's <c>permissions:</c> block.</summary>
/// <param name="Level"><c>read</c> or <c>write</c>.</param>
/// <param name="Purpose">What it lets the gate do, after "the token may not".</param>
internal sealed record Permission(string Scope, string Level, string Purpose)
{
    public static readonly Permission StatusesRead = new("statuses", "read", "read commit statuses");
    public static readonly Permission StatusesWrite = new("statuses", "write", "set commit statuses");
    public static readonly Permission ChecksRead = new("checks", "read", "read check runs");
    public static readonly Permission ChecksWrite = new("checks", "write", "create check runs");
    public static readonly Permission CommentsRead = new("pull-requests", "read", "read the comments of the pull request");
    public static readonly Permission CommentsWrite = new("pull-requests", "write", "comment on the pull request");
    public static readonly Permission PullRequestsRead = new("pull-requests", "read", "read pull requests");
    public static readonly Permission ContentsRead = new("contents", "read", "read the repository's files");
    public static readonly Permission ActionsRead = new("actions", "read", "read workflow runs and their artifacts");
    public static readonly Permission ActionsWrite = new("actions", "write", "re-run workflow runs");
    public static readonly Permission DeploymentsRead = new("deployments", "read", "read deployments");
    public static readonly Permission MetadataRead = new("metadata", "read", "read the repository");
    public static readonly Permission AdministrationRead = new("administration", "read", "read branch protection");
    public static readonly Permission AdministrationWrite = new("administration", "write", "change branch protection");

    /// <summary>The line that goes under <c>permissions:</c>.</summary>
    public string Yaml => $"{Scope}: {Level}";

    /// <summary>How to give it. Administration cannot be given in a workflow file.</summary>
    public string Repair => Scope == "administration"
        ? $"pass a token of an administrator with '{Yaml}' as 'github-token'"
        : $"add 'permissions: {{ {Yaml} }}' to the job";
}
