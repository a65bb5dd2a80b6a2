using System.Collections.Concurrent;
using GateAction.Http;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>
/// Cookies that several probes share, as the requests of one browser do. The probes of a session are measured one after another, in the
/// order in which they stand in the manifest.
/// </summary>
internal sealed record Session(string Name)
{
    public static Session? Read(Fields fields) =>
        fields.Optional("session", Syntaxes.Id, "the name of a session: its probes are measured one after another, in the order of the "
            + "manifest, and share the cookies that are set on the way") is { } name ? new(name) : null;

    /// <summary>The cookies of this run's session.</summary>
    public CookieJar JarIn(ProbeContext context) =>
        context.Share.Of(() => new Jars()).GetOrAdd(Name, _ => new CookieJar(context.Time, context.Secrets.Add));

    private sealed class Jars() : ConcurrentDictionary<string, CookieJar>(StringComparer.Ordinal);
}
