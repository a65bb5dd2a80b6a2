using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Http;
using GateAction.Sources.Google;
using GateAction.Surroundings;

namespace GateAction.Sources;

/// <summary>A Google API that a kind of probe reads.</summary>
/// <param name="Name">For people: <c>Cloud Run</c>.</param>
/// <param name="Host">Such as <c>run.googleapis.com</c>.</param>
/// <param name="Override">The end of the variable that names another address: <c>CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN</c>.</param>
/// <param name="Scope">The end of the OAuth scope's URL.</param>
/// <param name="Role">The role that reading needs.</param>
internal sealed record GoogleSource(string Name, string Host, string Override, string Scope, string Role)
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <param name="path">Below the API's address, without a slash before it.</param>
    /// <param name="body">What to POST; null for a GET.</param>
    /// <param name="names">What to check in the manifest where nothing is found: <c>'project' and 'region'</c>.</param>
    /// <returns>The answer, an object. Throws <see cref="NetworkException"/> and <see cref="NoEvidenceException"/>.</returns>
    public async Task<JsonDocument> AskAsync(ProbeContext context, ProbeOptions options, string path, JsonObject? body, string names,
        CancellationToken cancellation)
    {
        var url = new Uri(AddressIn(context.Shell), path);
        var access = await GoogleTokens.AccessTokenAsync(context, Scope, options.Timeout, cancellation);
        List<(string, string)> headers = [("Authorization", $"Bearer {access}"), ("Accept", "application/json")];
        if (body is not null)
            headers.Add(("Content-Type", "application/json"));
        var content = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
        var method = body is null ? HttpMethod.Get : HttpMethod.Post;
        var call = new HttpCall(method, url, headers, content, null, TlsTrust.Machine, 0, options.Timeout, MaxBytes);
        var answer = await GoogleRetries.For(method, options.Attempts, context.Time, context.Report)
            .ExecuteAsync(async token => await context.Http.SendAsync(call, token), cancellation);
        return Read(answer, names);
    }

    private JsonDocument Read(HttpAnswer answer, string names)
    {
        if (!answer.IsOk)
        {
            throw new NoEvidenceException(GoogleError.Parse(answer.Body.Bytes) is { } error
                ? GoogleAdvice.For(error, Name, Host, Role, names)
                : $"{Name} gave no answer of its own ({SourceAnswer.StatusOf(answer)})");
        }
        var json = SourceAnswer.ReadJson(answer, Name);
        if (json.RootElement.ValueKind == JsonValueKind.Object)
            return json;
        json.Dispose();
        throw new NoEvidenceException($"{Name} gave an answer that is no object of its API");
    }

    private Uri AddressIn(Shell shell)
    {
        var variable = $"CLOUDSDK_API_ENDPOINT_OVERRIDES_{Override}";
        var text = shell.Environment(variable) is { Length: > 0 } given ? given : $"https://{Host}/";
        // Without the slash at its end the path would take the place of the address's last part (RFC 3986, 5.2.3).
        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https"))
            throw new NoEvidenceException($"was not measured: {variable} is '{text}', expected a URL such as https://{Host}/");
        return address.Scheme == "https" || address.IsLoopback
            ? address
            : throw new NoEvidenceException(
            $"was not measured: {variable} is '{text}'; a token is not sent over an open line, write https");
    }
}
