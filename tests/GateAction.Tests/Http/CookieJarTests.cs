using GateAction.Http;

namespace GateAction.Tests.Http;

/// <summary>RFC 6265, rule by rule: who set a cookie, and who is sent it.</summary>
internal sealed class CookieJarTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    // Hosts and their domains.
    [TestCase("https://app.example.com/", "a=1", "https://app.example.com/", "a=1")]
    [TestCase("https://app.example.com/", "a=1", "https://example.com/", "")]
    [TestCase("https://app.example.com/", "a=1", "https://x.app.example.com/", "")]
    [TestCase("https://app.example.com/", "a=1; Domain=example.com", "https://login.example.com/", "a=1")]
    [TestCase("https://app.example.com/", "a=1; Domain=.Example.COM", "https://login.example.com/", "a=1")]
    [TestCase("https://app.example.com/", "a=1; Domain=example.com", "https://badexample.com/", "")]
    [TestCase("https://app.example.com/", "a=1; Domain=other.example.com", "https://other.example.com/", "")]
    [TestCase("https://app.example.com/", "a=1; Domain=x.app.example.com", "https://app.example.com/", "")]
    [TestCase("https://app.example.com/", "a=1; Domain=com", "https://app.example.com/", "")]
    [TestCase("https://app.example.co.uk/", "a=1; Domain=co.uk", "https://other.co.uk/", "")]
    [TestCase("https://one.run.app/", "a=1; Domain=run.app", "https://two.run.app/", "")]
    [TestCase("https://one-uc.a.run.app/", "a=1; Domain=a.run.app", "https://two-uc.a.run.app/", "")]
    [TestCase("https://one-uc.a.run.app/", "a=1; Domain=one-uc.a.run.app", "https://one-uc.a.run.app/", "a=1")]
    [TestCase("https://acme.github.io/", "a=1; Domain=github.io", "https://other.github.io/", "")]
    [TestCase("http://localhost/", "a=1; Domain=localhost", "http://localhost/", "a=1")]
    [TestCase("http://127.0.0.1/", "a=1; Domain=127.0.0.1", "http://127.0.0.1/", "a=1")]
    [TestCase("http://127.0.0.1/", "a=1; Domain=0.0.1", "http://127.0.0.1/", "")]
    [TestCase("http://127.0.0.1/", "a=1", "http://localhost/", "")]
    [TestCase("http://[::1]/", "a=1", "http://[::1]:8080/", "a=1")]
    [TestCase("http://backend/", "a=1", "http://backend:8080/", "a=1")]
    [TestCase("https://app.example.com/", "a=1; Domain=", "https://app.example.com/", "a=1")]
    [TestCase("https://app.example.com/", "a=1; Domain=other.com; Domain=example.com", "https://example.com/", "a=1")]
    [TestCase("https://müller.example/", "a=1", "https://xn--mller-kva.example/", "a=1")]
    // Paths.
    [TestCase("https://example.com/a/b", "a=1", "https://example.com/a/c", "a=1")]
    [TestCase("https://example.com/a/b", "a=1", "https://example.com/a", "a=1")]
    [TestCase("https://example.com/a/b", "a=1", "https://example.com/", "")]
    [TestCase("https://example.com/a/b", "a=1", "https://example.com/ab", "")]
    [TestCase("https://example.com/login", "a=1", "https://example.com/orders", "a=1")]
    [TestCase("https://example.com/", "a=1; Path=/admin", "https://example.com/admin", "a=1")]
    [TestCase("https://example.com/", "a=1; Path=/admin", "https://example.com/admin/x?q=1", "a=1")]
    [TestCase("https://example.com/", "a=1; Path=/admin", "https://example.com/administration", "")]
    [TestCase("https://example.com/", "a=1; Path=/admin/", "https://example.com/admin", "")]
    [TestCase("https://example.com/x/y", "a=1; Path=z", "https://example.com/x/z", "a=1")]
    [TestCase("https://example.com/x/y", "a=1; Path=", "https://example.com/x/z", "a=1")]
    // Over what line.
    [TestCase("https://example.com/", "a=1; Secure", "http://example.com/", "")]
    [TestCase("https://example.com/", "a=1; secure", "https://example.com/", "a=1")]
    [TestCase("http://127.0.0.1/", "a=1; Secure", "http://127.0.0.1/", "")]
    [TestCase("https://example.com/", "a=1; Secure", "wss://example.com/ws", "a=1")]
    [TestCase("https://example.com/", "__Host-a=1; Secure; Path=/", "https://example.com/", "__Host-a=1")]
    [TestCase("https://example.com/", "__Host-a=1; Secure; Path=/; Domain=example.com", "https://example.com/", "")]
    [TestCase("https://example.com/", "__Secure-a=1", "https://example.com/", "")]
    [TestCase("https://example.com/", "a=1; HttpOnly; SameSite=Strict; Partitioned; Priority=High", "https://example.com/", "a=1")]
    // For how long.
    [TestCase("https://example.com/", "a=1; Max-Age=60", "https://example.com/", "a=1")]
    [TestCase("https://example.com/", "a=1; Max-Age=0", "https://example.com/", "")]
    [TestCase("https://example.com/", "a=1; Max-Age=-1", "https://example.com/", "")]
    [TestCase("https://example.com/", "a=1; Max-Age=99999999999999999999", "https://example.com/", "a=1")]
    [TestCase("https://example.com/", "a=1; Max-Age=soon", "https://example.com/", "a=1")]
    [TestCase("https://example.com/", "a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT", "https://example.com/", "")]
    [TestCase("https://example.com/", "a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT", "https://example.com/", "a=1")]
    [TestCase("https://example.com/", "a=1; Expires=Wednesday, 21-Oct-15 07:28:00 GMT", "https://example.com/", "")]
    [TestCase("https://example.com/", "a=1; Expires=Wed Oct 21 07:28:00 2015", "https://example.com/", "")]
    [TestCase("https://example.com/", "a=1; Expires=yesterday", "https://example.com/", "a=1")]
    [TestCase("https://example.com/", "a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Max-Age=60", "https://example.com/", "a=1")]
    // What a value may hold.
    [TestCase("https://example.com/", "a=1,b=2; Path=/", "https://example.com/", "a=1,b=2")]
    [TestCase("https://example.com/", "a=x=y==", "https://example.com/", "a=x=y==")]
    [TestCase("https://example.com/", "a=\"q u o\"", "https://example.com/", "a=\"q u o\"")]
    [TestCase("https://example.com/", "  a  =  1  ;", "https://example.com/", "a=1")]
    [TestCase("https://example.com/", "a=", "https://example.com/", "a=")]
    [TestCase("https://example.com/", "=1", "https://example.com/", "")]
    [TestCase("https://example.com/", "nothing", "https://example.com/", "")]
    [TestCase("https://example.com/", "", "https://example.com/", "")]
    [TestCase("https://example.com/", "a=1\u0007", "https://example.com/", "")]
    public void A_cookie_goes_to_whom_it_is_for(string from, string header, string to, string sent)
    {
        var jar = Jar();

        jar.Take(new Uri(from), header);

        Assert.That(jar.HeaderFor(new Uri(to)), Is.EqualTo(sent));
    }

    [Test]
    public void Longer_paths_come_first_and_then_those_that_were_set_first()
    {
        var jar = Jar();

        foreach (var header in (string[])["a=1; Path=/", "b=2; Path=/x", "c=3; Path=/", "a=4; Path=/"])
            jar.Take(new Uri("https://example.com/"), header);

        Assert.That(jar.HeaderFor(new Uri("https://example.com/x/y")), Is.EqualTo("b=2; a=4; c=3"));
    }

    [Test]
    public void A_cookie_is_taken_back_by_an_end_that_is_over_and_only_by_its_own_host()
    {
        var jar = Jar();
        var url = new Uri("https://app.example.com/");

        jar.Take(url, "a=1");
        jar.Take(new Uri("https://evil.example.com/"), "a=; Max-Age=0; Domain=app.example.com");
        var kept = jar.HeaderFor(url);
        jar.Take(url, "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

        Assert.That(kept, Is.EqualTo("a=1"));
        Assert.That(jar.HeaderFor(url), Is.Empty);
    }

    [Test]
    public void It_ends_when_its_time_is_over()
    {
        var time = new FakeTimeProvider(Now);
        var jar = new CookieJar(time, _ => { });
        var url = new Uri("https://example.com/");

        jar.Take(url, "a=1; Max-Age=60");
        time.Advance(TimeSpan.FromSeconds(59));
        var before = jar.HeaderFor(url);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(before, Is.EqualTo("a=1"));
        Assert.That(jar.HeaderFor(url), Is.Empty);
    }

    [Test]
    public void No_server_fills_the_memory_and_a_page_with_many_cookies_keeps_them()
    {
        var jar = Jar();
        var url = new Uri("https://example.com/");

        foreach (var number in Enumerable.Range(0, 500))
            jar.Take(url, $"c{number}=1");
        jar.Take(url, $"large={new string('x', 5000)}");

        Assert.That(jar.HeaderFor(url).Split("; "), Has.Length.EqualTo(180).And.Contains("c499=1"));
    }

    [Test]
    public void What_is_not_sent_over_plain_http_is_named()
    {
        var jar = Jar();

        jar.Take(new Uri("https://example.com/"), "sid=1; Secure");

        Assert.That(jar.WithheldFrom(new Uri("http://example.com/")), Is.EqualTo(new[] { "sid" }));
        Assert.That(jar.WithheldFrom(new Uri("https://example.com/")), Is.Empty);
        Assert.That(jar.WithheldFrom(new Uri("http://other.example.com/")), Is.Empty);
    }

    [TestCase("sid=0a1b2c3d4e5f60718293; Path=/", true)]
    [TestCase("sid=abcdef; HttpOnly", true)]
    [TestCase("consent=accepted", false)]
    [TestCase("theme=dark; HttpOnly", false)]
    [TestCase("region=europe-west1-b", false)]
    public void What_looks_like_a_secret_is_shown_nowhere_and_a_word_is_no_secret(string header, bool isLearnt)
    {
        var learnt = new List<string>();

        new CookieJar(TimeProvider.System, learnt.Add).Take(new Uri("https://example.com/"), header);

        Assert.That(learnt, Has.Count.EqualTo(isLearnt ? 1 : 0));
    }

    [TestCase("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01 00:00:00")]
    [TestCase("01-Jan-99 23:59:59", "1999-01-01 23:59:59")]
    [TestCase("1 feb 69 1:2:3", "2069-02-01 01:02:03")]
    [TestCase("29 Feb 2024 10:00:00", "2024-02-29 10:00:00")]
    [TestCase("30 Feb 2024 10:00:00", null)]
    [TestCase("01 Jan 1600 00:00:00", null)]
    [TestCase("01 Jan 2030 24:00:00", null)]
    [TestCase("01 Jan 2030", null)]
    [TestCase("", null)]
    public void A_date_is_read_in_whatever_order_it_stands(string text, string? date) =>
        Assert.That(CookieDate.Parse(text)?.ToString("yyyy-MM-dd HH:mm:ss"), Is.EqualTo(date));

    private static CookieJar Jar() => new(new FakeTimeProvider(Now), _ => { });
}
