using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using GateAction.Cel.Values;
using GateAction.Http;

namespace GateAction.Sources.Grpc;

/// <summary>How a call ended, in the server's own words.</summary>
/// <param name="Code">Its gRPC status; null for a stream that was left because what it was for had come.</param>
/// <param name="Message">The text of that status; null if there is none.</param>
/// <param name="Messages">What came.</param>
/// <param name="Trailers">Names in lower case, without those of the status itself.</param>
internal sealed record GrpcAnswer(
    int? Code,
    string? Message,
    IReadOnlyList<byte[]> Messages,
    IReadOnlyList<(string Name, string Value)> Headers,
    IReadOnlyList<(string Name, string Value)> Trailers,
    TlsSession? Tls,
    TimeSpan Latency);

/// <summary>
/// One call over HTTP/2 (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md), over the connections that other probes use too.
/// What is not a whole answer of gRPC, such as the page of a proxy, is a <see cref="NetworkException"/>; no redirect is followed.
/// </summary>
internal sealed class GrpcCall(TrustedConnections connections, TimeProvider time, Uri server, string endpoint)
{
    private const int MaxBytes = 1024 * 1024;
    private const int MostMessages = 1000;
    private const string ContentType = "application/grpc";
    private const string StatusName = "grpc-status";
    private const string MessageName = "grpc-message";

    private readonly RequestWatch _watch = new(time);

    /// <param name="isEnough">Tells of each message whether it is what was waited for.</param>
    public async Task<GrpcAnswer> RunAsync(string method, byte[] message, IReadOnlyList<(string Name, string Value)> metadata,
        TimeSpan timeout, Func<byte[], bool> isEnough, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var request = CreateRequest(method, message, metadata, timeout);
            _watch.Attach(request);
            var started = time.GetTimestamp();
            using var response = await connections.Invoker.SendAsync(request, either.Token);
            CheckIsGrpc(response);
            var messages = new List<byte[]>();
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            while (await GrpcFrame.ReadAsync(body, MaxBytes, either.Token) is { } next)
            {
                messages.Add(next);
                if (isEnough(next))
                    return Answer(response, null, messages, started);
                if (messages.Count == MostMessages)
                    throw Fault($"the server sent more than {MostMessages} messages");
            }
            // An error without a message comes as headers alone ("Trailers-Only"), which then hold the status.
            var status = ValueIn(response.TrailingHeaders, StatusName) ?? ValueIn(response.Headers, StatusName);
            return int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                ? Answer(response, code, messages, started)
                : throw Fault("the answer ended without a gRPC status", isTransient: true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A question for health changes nothing, so it may always be asked again.
            throw new NetworkException($"no answer within {UnitText.Duration(timeout)} ({endpoint})", isTransient: true,
                mayHaveActed: false);
        }
        catch (InvalidDataException exception)
        {
            throw Fault($"the answer is not gRPC: {exception.Message}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            // What .NET says of broken frames is of no help where the server does not speak HTTP/2 at all, so that is looked at first.
            var other = OtherProtocol();
            throw connections.TlsFaultOf(server, exception, endpoint)
                ?? (other is null ? null : connections.TlsFaultOf(server, other, endpoint))
                ?? other ?? NetworkFaults.From(exception, endpoint);
        }
    }

    private HttpRequestMessage CreateRequest(string method, byte[] message, IReadOnlyList<(string Name, string Value)> metadata,
        TimeSpan timeout)
    {
        var path = server.AbsolutePath.TrimEnd('/') + method;
        var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(server) { Path = path, Query = "" }.Uri)
        {
            Version = HttpVersion.Version20,
            // Without TLS nothing is negotiated: HTTP/2 is spoken from the first byte.
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(GrpcFrame.Of(message)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        foreach (var (name, value) in metadata)
            request.Headers.TryAddWithoutValidation(name, value);
        // The protocol asks for it: by it a server knows that no proxy on the way drops trailers, in which the status comes.
        request.Headers.TryAddWithoutValidation("te", "trailers");
        // Packed messages are not read here (GrpcFrame), so none is asked for.
        request.Headers.TryAddWithoutValidation("grpc-accept-encoding", "identity");
        // So that the server gives up when the probe does.
        request.Headers.TryAddWithoutValidation("grpc-timeout", Timeout(timeout));
        if (!request.Headers.NonValidated.Contains("User-Agent"))
            request.Headers.TryAddWithoutValidation("User-Agent", "GateAction");
        return request;
    }

    // At most eight digits and a unit.
    private static string Timeout(TimeSpan timeout)
    {
        var milliseconds = (long)Math.Ceiling(timeout / TimeSpan.FromMilliseconds(1));
        return milliseconds < 100_000_000 ? $"{milliseconds}m" : $"{milliseconds / 1000}S";
    }

    private void CheckIsGrpc(HttpResponseMessage response)
    {
        var type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : "";
        // Only the beginning: 'application/grpc+proto' is gRPC too. The statuses that are tried again are those that gRPC maps to
        // UNAVAILABLE (http-grpc-status-mapping.md): a proxy answers so while the server behind it starts.
        if (response.StatusCode != HttpStatusCode.OK || !type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase))
            throw Fault($"the answer is not gRPC: status {(int)response.StatusCode} of HTTP"
                + (type.Length == 0 ? "" : $", '{type.Split(';')[0]}'"), isTransient: (int)response.StatusCode is 429 or 502 or 503 or 504);
    }

    private GrpcAnswer Answer(HttpResponseMessage response, int? code, IReadOnlyList<byte[]> messages, long started)
    {
        var text = code is null ? null : ValueIn(response.TrailingHeaders, MessageName) ?? ValueIn(response.Headers, MessageName);
        return new(
            code,
            string.IsNullOrEmpty(text) ? null : Unescaped(text),
            messages,
            Texts(response.Headers),
            code is null ? [] : Texts(response.TrailingHeaders),
            connections.SessionWith(server),
            time.GetElapsedTime(started));
    }

    // Percent-encoded UTF-8; what is none stays as it is.
    private static string Unescaped(string text) => Uri.UnescapeDataString(text).ReplaceLineEndings(" ");

    private static string? ValueIn(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static IReadOnlyList<(string Name, string Value)> Texts(HttpHeaders headers) =>
    [
        .. headers.NonValidated.Select(header => (header.Key.ToLowerInvariant(), header.Value.ToString()))
            .Where(header => header.Item1 is not (StatusName or MessageName)),
    ];

    private NetworkException? OtherProtocol() => _watch.Wire switch
    {
        { SpeaksHttp1: true } => Fault("the server speaks HTTP/1.1, and gRPC goes over HTTP/2"),
        { IsSilent: true } =>
            new($"the connection was closed without an answer in HTTP/2 ({endpoint})", isTransient: true, mayHaveActed: false)
            { IsHangUp = true },
        _ => null,
    };

    private NetworkException Fault(string message, bool isTransient = false) =>
        new($"{message} ({endpoint})", isTransient, mayHaveActed: false);
}

/// <summary>The statuses of gRPC by number (https://github.com/grpc/grpc/blob/master/doc/statuscodes.md).</summary>
internal static class GrpcStatus
{
    public const int Ok = 0;

    private static readonly string[] Names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    ];

    public static string NameOf(int code) => code >= 0 && code < Names.Length ? Names[code] : $"{code}";

    /// <summary>What it means for the health of a service.</summary>
    public static string MeaningOf(int code) => code switch
    {
        5 => "; it knows no such service",
        7 or 16 => "; it wants other credentials",
        12 => "; it does not have this method of grpc.health.v1",
        _ => "",
    };
}
