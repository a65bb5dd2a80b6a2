using System.Globalization;
using System.Text;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Http;
using Polly;
using Polly.Retry;

namespace GateAction.Sources.OAuth;

/// <summary>A request for a token with everything filled in.</summary>
/// <param name="Fields">Of its form, without those that show the client's secret.</param>
internal sealed record OAuthRequest(
    Uri Url,
    string Id,
    string Secret,
    bool SendsInBody,
    IReadOnlyList<(string Name, string Value)> Fields,
    TlsTrust Trust)
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Two requests with the same are for the same token.</summary>
    public string Identity =>
        string.Join('\n', new[] { Url.AbsoluteUri, Id, Secret, $"{SendsInBody}", Trust.AuthorityPem ?? "" }
            .Concat(Fields.Select(pair => $"{pair.Name}={pair.Value}")).Select(Uri.EscapeDataString));

    public HttpCall ToCall(ProbeContext context, TimeSpan timeout)
    {
        context.Secrets.Add(Secret);
        List<(string, string)> headers = [("Content-Type", FormText.MediaType), ("Accept", "application/json")];
        var fields = Fields;
        if (SendsInBody)
        {
            fields = [.. fields, ("client_id", Id), ("client_secret", Secret)];
        }
        else
        {
            // RFC 6749, 2.3.1: name and secret are encoded as in a form first.
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{FormText.Escape(Id)}:{FormText.Escape(Secret)}"));
            context.Secrets.Add(basic);
            headers.Add(("Authorization", $"Basic {basic}"));
        }
        // A redirect would carry the secret to wherever it leads.
        return new HttpCall(HttpMethod.Post, Url, headers, FormText.Of(fields), null, Trust, MaxRedirects: 0, timeout, MaxBytes);
    }
}

/// <summary>One token of a run: asked for when it is first needed, and again when it is about to end.</summary>
internal sealed class OAuthToken
{
    private const int MostAttempts = 3;
    private const int LongestText = 200;
    private const string Server = "the token server";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Before its end a token is not used any more.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>How long a token is kept whose server does not say how long it lasts.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private Task<Held> _held = Task.FromResult(new Held("", DateTimeOffset.MinValue));

    /// <summary>Throws <see cref="NoEvidenceException"/> where there is none to be had.</summary>
    public async Task<string> GetAsync(OAuthRequest request, ProbeContext context, TimeSpan timeout, CancellationToken cancellation)
    {
        Task<Held> held;
        lock (_lock)
        {
            // One that failed is asked for again; one that is under way is waited for by all who need it.
            if (_held.IsCompleted && !(_held.IsCompletedSuccessfully && context.Time.GetUtcNow() < _held.Result.GoodUntil))
                _held = ObtainAsync(request, context, timeout);
            held = _held;
        }
        return (await held.WaitAsync(cancellation)).Token;
    }

    /// <summary>Others wait for it too, so it ends by its own time and not with whoever asked first.</summary>
    private static async Task<Held> ObtainAsync(OAuthRequest request, ProbeContext context, TimeSpan timeout)
    {
        // Counted from before the question: how long the answer was on its way nobody knows.
        var asked = context.Time.GetUtcNow();
        try
        {
            var answer = await AskAsync(request, context, timeout, CancellationToken.None);
            var (token, lasts) = Read(answer, request);
            context.Secrets.Add(token);
            // A token of less than a minute would else be over before it is used.
            return new(token, asked + lasts - (lasts > 2 * Margin ? Margin : lasts / 2));
        }
        catch (NetworkException fault)
        {
            throw new NoEvidenceException($"was not measured: {Server} could not be reached: {fault.Message}", fault);
        }
    }

    // A client that asks twice gets two tokens: nothing else is done by it.
    private static async Task<HttpAnswer> AskAsync(OAuthRequest request, ProbeContext context, TimeSpan timeout,
        CancellationToken cancellation)
    {
        var call = request.ToCall(context, timeout);
        var pipeline = new ResiliencePipelineBuilder<HttpAnswer> { TimeProvider = context.Time }
            .AddRetry(new RetryStrategyOptions<HttpAnswer>
            {
                MaxRetryAttempts = MostAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome is { Exception: NetworkException { IsTransient: true } }
                    or { Exception: NetworkException { MayHaveActed: true, InnerException: NetworkException { IsTransient: true } } }
                    or { Result.Status: 429 or 502 or 503 or 504 }),
                OnRetry = attempt =>
                {
                    context.Report($"asks {Server} again, time {attempt.AttemptNumber + 2} of {MostAttempts}");
                    return default;
                },
            })
            .Build();
        return await pipeline.ExecuteAsync(async token => await context.Http.SendAsync(call, token), cancellation);
    }

    private static (string Token, TimeSpan Lasts) Read(HttpAnswer answer, OAuthRequest request)
    {
        if (answer.Status is >= 300 and < 400)
            throw Refused($"{Server} {request.Url.Host} leads elsewhere, where the client's secret is not sent; write that address as "
                + "'token-url'");
        if (!answer.IsOk && ErrorIn(answer) is { } error)
            throw Refused($"{Server} {request.Url.Host} gives no token: {error}{Advice(answer, request)}");
        if (!answer.IsOk)
            throw Refused($"{Server} {request.Url.Host} gives no token ({SourceAnswer.StatusOf(answer)}){Advice(answer, request)}");
        using var json = SourceAnswer.ReadJson(answer, Server);
        if (json.RootElement.TextAt("access_token") is not { Length: > 0 } token)
            throw Refused(ErrorIn(answer) is { } told
                ? $"{Server} {request.Url.Host} gives no token: {told}"
                : $"the answer of {Server} {request.Url.Host} holds no 'access_token'");
        // Half of a surrogate pair is read as it is written, which no server meant as its token.
        if (!token.All(c => c is > ' ' and <= '~') || token.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
            throw Refused($"the token of {Server} {request.Url.Host} holds characters that no header can carry");
        if (json.RootElement.TextAt("token_type") is { } type && !type.Equals("bearer", StringComparison.OrdinalIgnoreCase))
            throw Refused($"{Server} {request.Url.Host} gives a token of the type '{Printable(type)}'; only 'Bearer' can be sent");
        return (token, LifeOf(json.RootElement));
    }

    private static NoEvidenceException Refused(string message) => new($"was not measured: {message}");

    private static string Advice(HttpAnswer answer, OAuthRequest request) => answer.Status is 400 or 401
        ? $"; the client was shown "
        + $"{(request.SendsInBody ? "in the form: 'client-auth: basic' shows it in a "
        + "header" : "in a header: 'client-auth: post' shows it in the form")}"
        : "";

    /// <summary>RFC 6749, 5.2: <c>invalid_client (its description)</c>.</summary>
    private static string? ErrorIn(HttpAnswer answer)
    {
        try
        {
            using var json = SourceAnswer.ReadJson(answer, Server);
            return json.RootElement.TextAt("error") is not { Length: > 0 } error ? null
                : json.RootElement.TextAt("error_description") is { Length: > 0 } more ? $"{Printable(error)} ({Printable(more)})"
                : Printable(error);
        }
        catch (NoEvidenceException)
        {
            return null;
        }
    }

    // A number by the standard; some servers write a text.
    private static TimeSpan LifeOf(JsonElement json)
    {
        var text = json.TextAt("expires_in") ?? json.At("expires_in")?.GetRawText();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            // Servers write any number, and a date beyond the year 9999 would throw; a run is over long before 30 days.
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(30).TotalSeconds))
            : Unsaid;
    }

    private static string Printable(string text)
    {
        // The server's text goes into the workflow's log, where a line of its own could be a command of the runner ('::…').
        var plain = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return plain.Length <= LongestText ? plain : plain[..LongestText] + "…";
    }

    private sealed record Held(string Token, DateTimeOffset GoodUntil);
}
