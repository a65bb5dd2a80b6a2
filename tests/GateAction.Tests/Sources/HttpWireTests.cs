using System.Text;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>What a server does below what .NET shows of HTTP: lengths, versions, what is sent twice.</summary>
internal sealed class HttpWireTests
{
    [TestCase("Content-Length: 5\r\nContent-Length: 11\r\n", "the answer says different lengths of its body: 5 and 11")]
    [TestCase("Content-Length: 5, 11\r\n", "the answer says different lengths of its body: 5 and 11")]
    [TestCase("Content-Length: 5\r\n", "the answer's body is longer than its content-length of 5 bytes")]
    [TestCase("Content-Length: 5\r\nConnection: close\r\n", "the answer's body is longer than its content-length of 5 bytes")]
    [TestCase("Content-Length: 0\r\n", "the answer's body is longer than its content-length of 0 bytes")]
    [TestCase("Content-Length: eleven\r\n", "the answer's content-length is 'eleven', which is no length")]
    [TestCase("Content-Length: -1\r\n", "the answer's content-length is '-1', which is no length")]
    [TestCase("Transfer-Encoding: gzip, chunked\r\n", "the answer is sent in the transfer-encoding 'gzip', which was not asked for")]
    [TestCase("Content-Length: 20\r\nConnection: close\r\n", "the connection was closed before the answer was whole")]
    public async Task A_body_of_another_length_than_announced_is_no_whole_answer(string headers, string reason)
    {
        using var server = Answering($"HTTP/1.1 200 OK\r\n{headers}\r\nhello world", isLast: true);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', attempts: 1, timeout: 2s }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith($"could not be reached: {reason}"));
        Assert.That(measured.HasFact("status"), Is.False);
    }

    [TestCase("Content-Length: 11\r\n", "hello world")]
    [TestCase("Content-Length: 11\r\nContent-Length: 11\r\n", "hello world")]
    [TestCase("Content-Length: 11, 11\r\n", "hello world")]
    [TestCase("Transfer-Encoding: chunked\r\n", "b\r\nhello world\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding: Chunked\r\nContent-Length: 11\r\n", "b\r\nhello world\r\n0\r\n\r\n")]
    [TestCase("Connection: close\r\n", "hello world")]
    public async Task A_body_of_the_length_announced_is_measured(string headers, string body)
    {
        using var server = Answering($"HTTP/1.1 200 OK\r\n{headers}\r\n{body}", isLast: true);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', attempts: 1, timeout: 2s }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("body").AsString, Is.EqualTo("hello world"));
    }

    [Test]
    public async Task Interim_answers_and_what_comes_to_HEAD_are_no_part_of_the_body()
    {
        using var early = Answering("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using var head = Answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Encoding: gzip\r\n\r\n");
        using var none = Answering("HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n");

        Assert.That((await ProbeTesting.MeasureAsync($"{{ http: '{early.Url}', attempts: 1 }}")).Fact("body").AsString, Is.EqualTo("ok"));
        Assert.That((await ProbeTesting.MeasureAsync($"{{ http: '{head.Url}', method: HEAD, attempts: 1 }}")).Fact("status").AsInt,
            Is.EqualTo(200));
        Assert.That((await ProbeTesting.MeasureAsync($"{{ http: '{none.Url}', attempts: 1 }}")).Fact("body").AsString, Is.Empty);
    }

    [TestCase("3", "ok\nERROR\n", "the answer's body is longer than its content-length of 3 bytes")]
    [TestCase("1000", "all ok\n", "the answer's body has 7 bytes, where its content-length is 1000")]
    [TestCase("0", "x", "the answer's body is longer than its content-length of 0 bytes")]
    public async Task The_length_is_checked_in_HTTP_2_too(string length, string body, string reason)
    {
        using var server = new WireServer(stream => Http2Frames.ServeAsync(stream, async (frames, id, _) =>
        {
            await frames.HeadAsync(id, (":status", "200"), ("content-length", length));
            await frames.BodyAsync(id, body);
        }));

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', http-version: '2', attempts: 1 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith($"could not be reached: {reason}"));
    }

    [Test]
    public async Task A_connection_that_ends_at_its_second_request_is_a_failed_sample()
    {
        var requests = 0;
        using var server = new WireServer(async stream =>
        {
            for (var number = 1; number <= 2 && await WireServer.ReadHeadAsync(stream) is not null; number++)
            {
                Interlocked.Increment(ref requests);
                if (number == 1)
                    await stream.WriteAsync(WireServer.Answer("{}"u8.ToArray()));
            }
        });

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', samples: 6, every: 30ms }}");

        Assert.That(measured.Fact("failures").AsInt, Is.EqualTo(3));
        Assert.That(measured.Details, Has.Some.StartsWith("sample 2: the connection ended without an answer (127.0.0.1:"));
        Assert.That(requests, Is.EqualTo(6));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_stream_of_HTTP_2_that_is_refused_is_a_failed_sample(bool byGoAway)
    {
        var requests = 0;
        using var server = new WireServer(stream => Http2Frames.ServeAsync(stream, async (frames, id, number) =>
        {
            Interlocked.Increment(ref requests);
            if (number % 2 == 0)
            {
                await (byGoAway ? frames.GoAwayAsync(id - 2, 0) : frames.ResetAsync(id, 7));
                return;
            }
            await frames.HeadAsync(id, (":status", "200"));
            await frames.BodyAsync(id, "{}");
        }));

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', http-version: '2', samples: 4, every: 30ms }}");

        Assert.That(measured.Fact("failures").AsInt, Is.EqualTo(2), string.Join("; ", measured.Details ?? []));
        Assert.That(requests, Is.EqualTo(4));
        Assert.That(measured.Details, Has.None.Contains("http-version"));
    }

    [Test]
    public async Task A_single_look_that_had_to_be_repeated_says_so()
    {
        using var server = new WireServer(async stream =>
        {
            if (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(WireServer.Answer("{}"u8.ToArray()));
            await WireServer.ReadHeadAsync(stream);
        });

        var evidence = await ProbeTesting.CollectAsync([("first", $"http: '{server.Url}'"),
            ("second", $"{{ http: '{server.Url}?after=${{first.status}}' }}")]);

        Assert.That(evidence.Measurements["second"].Fact("attempts").AsInt, Is.EqualTo(2));
        Assert.That(evidence.Measurements["second"].Caveat,
            Does.StartWith("answered on attempt 2 of 3 after: the connection ended without an answer"));
    }

    [Test]
    public async Task A_server_of_HTTP_2_without_TLS_that_is_asked_in_1_1_says_which_version_to_ask_in()
    {
        using var server = new WireServer(async stream =>
        {
            await stream.ReadExactlyAsync(new byte[3]);
            await new Http2Frames(stream).SettingsAsync();
            await new Http2Frames(stream).GoAwayAsync(0, 1);
        });

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', attempts: 1 }}");

        Assert.That(measured.Reason,
            Does.StartWith(
            "could not be reached: the server speaks HTTP/2 without TLS, and was spoken to in HTTP/1.1; write `http-version: \"2\"` ("));
    }

    [TestCase("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "the server speaks HTTP/1.1, and was spoken to in HTTP/2; leave out `http-version: \"2\"`")]
    [TestCase("",
        "the connection was closed without an answer in HTTP/2; where the server speaks only HTTP/1.1, leave out `http-version: \"2\"`")]
    public async Task A_server_of_HTTP_1_1_that_is_asked_in_2_says_so(string answer, string reason)
    {
        using var server = new WireServer(async stream =>
        {
            Assert.That(await stream.ReadAsync(new byte[4096]), Is.Positive);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        });

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', http-version: '2', attempts: 1 }}");

        Assert.That(measured.Reason, Does.StartWith($"could not be reached: {reason} ("));
    }

    [TestCase(64, true)]
    [TestCase(65, false)]
    [TestCase(5000, false)]
    public async Task JSON_that_is_nested_deeper_than_is_read_is_called_so(int depth, bool isRead)
    {
        using var server = WireServer.Answering(WireServer.Answer(Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth)),
            "Content-Type: application/json\r\n"));

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', attempts: 1 }}");

        Assert.That(measured.HasFact("json"), Is.EqualTo(isRead));
        Assert.That(measured.Reason,
            Is.EqualTo(isRead ? null : "the body is JSON that is nested more than 64 levels deep, which is not read"));
    }

    [Test]
    public async Task A_page_that_sets_a_cookie_and_leads_back_to_itself_is_left_or_reached_with_cookies()
    {
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is { } head)
            {
                await stream.WriteAsync(head.Contains("Cookie: own=1; seen=1", StringComparison.OrdinalIgnoreCase)
                    ? WireServer.Answer("in"u8.ToArray())
                    : "HTTP/1.1 302 Found\r\nLocation: /\r\nSet-Cookie: seen=1; Path=/\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            }
        });

        var without = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', headers: {{ Cookie: own=1 }} }}");
        var with = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', headers: {{ Cookie: own=1 }}, cookies: true }}");

        Assert.That(without.Reason, Does.EndWith("; they set the cookie 'seen', which was not sent along: write `cookies: true`"));
        Assert.That(with.Fact("body").AsString, Is.EqualTo("in"), with.Reason);
    }

    [Test]
    public async Task A_cookie_of_a_redirect_goes_to_its_own_host_only()
    {
        string? asked = null;
        using var other = new WireServer(async stream =>
        {
            asked = await WireServer.ReadHeadAsync(stream);
            await stream.WriteAsync(WireServer.Answer([]));
        });
        using var server = Answering(
            $"HTTP/1.1 302 Found\r\nLocation: http://localhost:{other.Port}/\r\nSet-Cookie: session=abcdefgh; Path=/\r\nContent-Length: "
            + "0\r\n\r\n");

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', cookies: true }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(asked, Does.Not.Contain("session"));
    }

    [Test]
    public async Task A_cookie_of_an_answer_can_be_sent_on_and_is_shown_nowhere()
    {
        string? asked = null;
        using var login = Answering(
            "HTTP/1.1 200 OK\r\nSet-Cookie: sid=s3cr3t-value; Expires=Wed, 21 Oct 2099 07:28:00 GMT; HttpOnly\r\nSet-Cookie: "
            + "theme=dark\r\nContent-Length: 0\r\n\r\n");
        using var page = new WireServer(async stream =>
        {
            asked = await WireServer.ReadHeadAsync(stream);
            await stream.WriteAsync(WireServer.Answer("you sent s3cr3t-value"u8.ToArray()));
        });

        var evidence = await ProbeTesting.CollectAsync(
            [("login", $"http: '{login.Url}'"),
            ("page", $$"""{ http: '{{page.Url}}', headers: { Cookie: '${login.headers["set-cookie"]}' } }""")]);

        Assert.That(asked, Does.Contain("Cookie: sid=s3cr3t-value; Expires="));
        Assert.That(evidence.Measurements["login"].Fact("headers.set-cookie").AsString,
            Is.EqualTo("sid=***; Expires=Wed, 21 Oct 2099 07:28:00 GMT; HttpOnly, theme=***"));
        Assert.That(evidence.Measurements["page"].Fact("body").AsString, Is.EqualTo("you sent ***"));
    }

    [Test]
    public async Task What_was_packed_keeps_the_headers_that_say_so()
    {
        string? asked = null;
        using var server = new WireServer(async stream =>
        {
            asked = await WireServer.ReadHeadAsync(stream);
            await stream.WriteAsync(WireServer.Answer(Convert.FromHexString("cb48cdc9c95728cf2fca490100"),
                "Content-Encoding: deflate\r\n"));
        });

        var measured = await ProbeTesting.MeasureAsync($"http: '{server.Url}'");

        Assert.That(asked, Does.Contain("Accept-Encoding: gzip, deflate, br\r\n"));
        Assert.That(measured.Fact("body").AsString, Is.EqualTo("hello world"));
        Assert.That(measured.Fact("size").AsInt, Is.EqualTo(11));
        Assert.That(measured.Fact("headers.content-encoding").AsString, Is.EqualTo("deflate"));
        Assert.That(measured.Fact("headers.content-length").AsString, Is.EqualTo("13"));
    }

    private static WireServer Answering(string answer, bool isLast = false) => new(async stream =>
    {
        while (await WireServer.ReadHeadAsync(stream) is not null)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            if (isLast)
                return;
        }
    });
}
