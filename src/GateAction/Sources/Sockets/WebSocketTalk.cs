using System.Net;
using System.Net.WebSockets;
using System.Text;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.Sources.Http;

namespace GateAction.Sources.Sockets;

/// <summary>One connection of a <see cref="WebSocketProbe"/>.</summary>
internal sealed class WebSocketTalk(
    WebSocketProbe probe,
    ClientWebSocket socket,
    Uri url,
    IReadOnlyList<(string Name, string Value)> headers,
    ProbeContext context)
{
    public const int KeptMessages = 100;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly List<string> _messages = [];
    private readonly CookieJar? _jar = probe.Session?.JarIn(context);
    private WebSocketMeasured _measured = new();
    private int _keptLength;
    private int _received;

    private string Endpoint => probe.Socket is { } socket ? $"the socket '{socket.Path}'" : $"{url.Host}:{url.Port}";

    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is { } refusal)
            return new ProbeResult(WebSocketMeasured.Facts.Of(_measured), refusal);
        var silence = await TalkAsync(cancellation);
        // Else the reading was cancelled or failed, which aborts the socket, or the server has closed: no farewell is due.
        if (silence is null)
            await LeaveAsync(cancellation);
        return ToResult(silence);
    }

    /// <summary>Why the server did not accept the upgrade; null where it did.</summary>
    private async Task<string?> OpenAsync(CancellationToken cancellation)
    {
        Prepare();
        var connections = await context.Http.OpenAsync(probe.Trust.In(context), probe.Socket?.In(context));
        using var timeout = new CancellationTokenSource(probe.Options.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var started = context.Time.GetTimestamp();
        try
        {
            await socket.ConnectAsync(url, connections.Invoker, either.Token);
        }
        // A 101 that breaks the protocol, by a wrong key for instance, is no refusal but a fault: it goes to the last catch.
        catch (WebSocketException) when (socket.HttpStatusCode is not (0 or HttpStatusCode.SwitchingProtocols))
        {
            _measured = Answered(isConnected: false);
            return $"the server answered the upgrade with status {(int)socket.HttpStatusCode}, so no message was exchanged{WhereTo()}";
        }
        catch (Exception exception) when (IsTimeout(exception, timeout, cancellation))
        {
            throw new NetworkException($"no answer to the upgrade within {UnitText.Duration(probe.Options.Timeout)} ({Endpoint})",
                isTransient: true,
                mayHaveActed: true);
        }
        catch (WebSocketException exception)
        {
            throw connections.TlsFaultOf(url, exception, Endpoint) ?? NetworkFaults.From(exception, Endpoint);
        }
        foreach (var cookie in socket.HttpResponseHeaders?.GetValueOrDefault("Set-Cookie") ?? [])
            _jar?.Take(Asked, cookie);
        _measured = Answered(isConnected: true) with
        {
            Latency = context.Time.GetElapsedTime(started),
            Subprotocol = NullIfEmpty(socket.SubProtocol),
            Tls = TlsRead.Of(connections.SessionWith(url), context),
        };
        return null;
    }

    private void Prepare()
    {
        socket.Options.CollectHttpResponseDetails = true;
        // With a timeout .NET sends pings and waits for their pongs; without one it sends pongs that nobody answers.
        // Without `hold` neither: a server that answers no ping may still answer messages.
        socket.Options.KeepAliveInterval = probe.Hold > TimeSpan.Zero ? probe.Ping : TimeSpan.Zero;
        socket.Options.KeepAliveTimeout = probe.Hold > TimeSpan.Zero ? probe.Ping : Timeout.InfiniteTimeSpan;
        var cookies = _jar?.HeaderFor(Asked) ?? "";
        foreach (var (name, value) in headers)
        {
            // One header for all cookies: a client must not send two of them (RFC 6265, 5.4).
            var isCookie = name.Equals("cookie", StringComparison.OrdinalIgnoreCase);
            socket.Options.SetRequestHeader(name, isCookie && cookies.Length > 0 ? $"{value}; {cookies}" : value);
            if (isCookie)
                cookies = "";
        }
        if (cookies.Length > 0)
            socket.Options.SetRequestHeader("Cookie", cookies);
        foreach (var subprotocol in probe.Subprotocols)
            socket.Options.AddSubProtocol(subprotocol);
    }

    private Uri Asked =>
        new UriBuilder(url) { Scheme = url.Scheme == Uri.UriSchemeWss ? Uri.UriSchemeHttps : Uri.UriSchemeHttp }.Uri;

    private WebSocketMeasured Answered(bool isConnected) => new()
    {
        IsConnected = isConnected,
        Status = (int)socket.HttpStatusCode,
        Headers =
        [
            .. (socket.HttpResponseHeaders ?? new Dictionary<string, IEnumerable<string>>())
                .GroupBy(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value))
                .Select(group => (group.Key, string.Join(", ", group))),
        ],
    };

    private string WhereTo() =>
        (int)socket.HttpStatusCode is >= 300 and < 400 ? "; a redirect of an upgrade is not followed" : "";

    /// <summary>Why the server's side of the conversation did not come about; null where it did.</summary>
    private async Task<string?> TalkAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(probe.Within, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var awaited = 0;
        try
        {
            var inTurn = probe.Send.Count == probe.Receive.Count;
            foreach (var message in inTurn ? [] : probe.Send)
                await SendAsync(message, either.Token);
            for (; awaited < probe.Receive.Count; awaited++)
            {
                var started = context.Time.GetTimestamp();
                if (inTurn)
                    await SendAsync(probe.Send[awaited], either.Token);
                if (!await ReceiveAsync(probe.Receive[awaited], either.Token))
                {
                    return $"the server closed the connection{WithCode()} before a message met '{probe.Receive[awaited].Text}' "
                        + $"({Endpoint}){Seen()}";
                }
                var took = context.Time.GetElapsedTime(started);
                _measured = _measured with { RoundTrip = took > _measured.RoundTrip ? took : _measured.RoundTrip };
            }
            return null;
        }
        catch (Exception exception) when (IsTimeout(exception, timeout, cancellation))
        {
            return awaited < probe.Receive.Count
                ? $"no message met '{probe.Receive[awaited].Text}' within {UnitText.Duration(probe.Within)} ({Endpoint}){Seen()}"
                : $"the server did not take the messages within {UnitText.Duration(probe.Within)} ({Endpoint})";
        }
        catch (WebSocketException exception)
        {
            return Cause(exception) + Seen();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && probe.Hold > TimeSpan.Zero)
        {
            // So it ends where a ping of 'hold', which are sent from the start, is not answered in time.
            return $"the server did not answer a ping within {UnitText.Duration(probe.Ping)} ({Endpoint}){Seen()}";
        }
    }

    private async Task SendAsync(Syntax.JsonTemplate message, CancellationToken cancellation)
    {
        var text = message is Syntax.JsonTemplate.Text plain ? context.Expand(plain.Template) : context.Expand(message);
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellation);
    }

    private async Task<bool> ReceiveAsync(Condition condition, CancellationToken cancellation)
    {
        while (await WebSocketMessage.ReceiveAsync(socket, _received, cancellation) is { } message)
        {
            Keep(message);
            if (!condition.Evaluate(message.ToScope()).Value.IsTrue)
                continue;
            _measured = _measured with { Met = message };
            return true;
        }
        return false;
    }

    private void Keep(WebSocketMessage message)
    {
        _received++;
        var text = message.Text;
        if (_messages.Count >= KeptMessages || _keptLength + text.Length > WebSocketMessage.MaxBytes)
            return;
        _messages.Add(text);
        _keptLength += text.Length;
    }

    /// <summary>Holds where asked for, then closes as the protocol wants it: a reading that is cancelled would break the
    /// connection.</summary>
    private async Task LeaveAsync(CancellationToken cancellation)
    {
        var reading = ReadToCloseAsync(cancellation);
        if (probe.Hold > TimeSpan.Zero)
        {
            await Task.WhenAny(reading, Task.Delay(probe.Hold, context.Time, cancellation));
            cancellation.ThrowIfCancellationRequested();
            _measured = _measured with { IsAlive = !reading.IsCompleted };
        }
        using var patience = new CancellationTokenSource(Farewell, context.Time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                // CloseAsync would read as well, and only one reading at a time is allowed: ReadToCloseAsync is at it.
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
            await reading.WaitAsync(patience.Token);
        }
        catch (Exception exception)
            when (exception is WebSocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // A server that does not answer the farewell is not waited for.
            socket.Abort();
        }
    }

    private async Task ReadToCloseAsync(CancellationToken cancellation)
    {
        try
        {
            while (await WebSocketMessage.ReceiveAsync(socket, _received, cancellation) is { } message)
                Keep(message);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or NoEvidenceException)
        {
            // The connection ended in another way; whether it was to is what 'alive' and 'close_code' say.
        }
    }

    private ProbeResult ToResult(string? silence)
    {
        var measured = _measured with
        {
            Received = _received,
            Messages = _messages,
            CloseCode = (int?)socket.CloseStatus,
            CloseReason = NullIfEmpty(socket.CloseStatusDescription),
        };
        if (silence is not null)
        {
            var facts = WebSocketMeasured.Facts.Of(measured with { Met = null });
            return new ProbeResult(facts, $"could not be reached: {silence}") { Outcome = Outcome.Unreachable };
        }
        return new ProbeResult(
            WebSocketMeasured.Facts.Of(measured),
            measured.Met is { } met ? met.Reason : "no message was waited for; say in 'receive' what an answer must be");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private string WithCode() =>
        socket.CloseStatus is { } code
        ? $" with code {(int)code}{(string.IsNullOrEmpty(socket.CloseStatusDescription) ? "" : $" '{socket.CloseStatusDescription}'")}"
        : "";

    private string Seen() =>
        _received == 0 ? "; none came" : $"; {(_received == 1 ? "one" : _received)} came, the last kept: '{Shorten(_messages[^1])}'";

    private string Cause(WebSocketException exception) => exception.WebSocketErrorCode switch
    {
        WebSocketError.ConnectionClosedPrematurely => $"the connection was closed without a close frame ({Endpoint})",
        WebSocketError.Faulted or WebSocketError.InvalidMessageType => $"the server broke the rules of the protocol ({Endpoint})",
        _ => NetworkFaults.From(exception, Endpoint).Message,
    };

    /// <summary>A socket that is aborted while it works fails in the way of whatever it was doing.</summary>
    private static bool IsTimeout(Exception exception, CancellationTokenSource timeout, CancellationToken cancellation) =>
        timeout.IsCancellationRequested && !cancellation.IsCancellationRequested
        && exception is (OperationCanceledException or WebSocketException or IOException or HttpRequestException
            or ObjectDisposedException);

    private static string Shorten(string text) => text.Length <= 120 ? text : text[..119] + "…";
}
