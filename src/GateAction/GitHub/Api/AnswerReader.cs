using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace GateAction.GitHub.Api;

/// <summary>Tells answers that say "done" from every other kind, and words what went wrong.</summary>
internal sealed class AnswerReader(ConnectionLimits limits, TimeProvider time, Uri apiUrl)
{
    public async Task<ApiResponse> ReadAsync(ApiRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await ReadBodyAsync(response.Content, cancellation);
        if (!response.IsSuccessStatusCode)
            throw Refusal.Read(request, response, body, time.GetUtcNow());
        if (request.MediaType.EndsWith("json", StringComparison.Ordinal) && body.Length > 0 && !IsJson(response))
            throw Unreadable(request, new JsonException($"content type '{response.Content.Headers.ContentType?.MediaType}'"));
        return new ApiResponse(response.StatusCode, body, NextPage(response));
    }

    public ApiException NoAnswer(ApiRequest request, string cause, Exception exception) =>
        new($"GitHub at '{apiUrl}' could not be reached ({request}): {cause}", exception)
        {
            IsTransient = exception.GetBaseException() is not AuthenticationException,
            MayHaveHappened = true,
        };

    public static ApiException Unreadable(ApiRequest request, JsonException exception) =>
        new($"GitHub's answer to {request} is not the JSON that its documentation names: {exception.Message}", exception)
        {
            IsTransient = true,
            MayHaveHappened = true,
        };

    /// <summary>The same failure, not to be repeated: it may have been done, and nobody can look.</summary>
    public static ApiException NotRepeatable(ApiException exception) =>
        new(exception.Message, exception) { Status = exception.Status, Said = exception.Said, MayHaveHappened = true };

    public static string Cause(Exception exception) => exception.GetBaseException() switch
    {
        SocketException socket => socket.Message,
        InvalidDataException => "the answer's compression is damaged",
        AuthenticationException tls => $"{tls.Message} (a certificate authority of one's own is given by SSL_CERT_FILE)",
        var other => other.Message,
    };

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static string? NextPage(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var values))
            return null;
        var next = values.SelectMany(value => value.Split(',')).FirstOrDefault(link => link.Contains("rel=\"next\"", StringComparison.Ordinal));
        var start = next?.IndexOf('<', StringComparison.Ordinal) ?? -1;
        var end = next?.IndexOf('>', StringComparison.Ordinal) ?? -1;
        return start >= 0 && end > start ? next![(start + 1)..end] : null;
    }

    private async Task<byte[]> ReadBodyAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (body.Length + count > limits.LargestAnswer)
                throw new ApiException($"GitHub's answer is longer than {limits.LargestAnswer / 1024 / 1024} MiB");
            body.Write(buffer, 0, count);
        }
        return body.ToArray();
    }
}
