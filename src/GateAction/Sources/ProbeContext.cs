using System.Collections.Concurrent;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Http;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>What one probe may use while it measures.</summary>
/// <param name="Name">The probe's name in the manifest.</param>
/// <param name="Target">Where relative URLs start; null if the manifest names no target.</param>
/// <param name="Facts">The unmasked facts of the probes that this one refers to, and <c>github</c>.</param>
/// <param name="Reasons">Why one of those probes has no facts.</param>
/// <param name="Report">Takes one short line for the live table: <c>sample 3 of 20</c>.</param>
internal sealed record ProbeContext(
    string Name,
    Shell Shell,
    Secrets Secrets,
    HttpAccess Http,
    ConcurrencyLimits Limits,
    Uri? Target,
    IReadOnlyDictionary<string, Value> Facts,
    IReadOnlyDictionary<string, string> Reasons,
    Action<string> Report)
{
    /// <summary>Who reads the probe's facts; a large one that nobody reads need not be kept.</summary>
    public FactReaders Readers { get; init; } = FactReaders.Everybody;

    /// <summary>What the probes of a run share.</summary>
    public RunShare Share { get; init; } = new();

    /// <summary>Why the probe cannot be measured as the manifest means it; null if nothing stands in the way.</summary>
    public string? Obstacle { get; init; }

    public TimeProvider Time => Shell.Time;

    /// <summary>Fills in the facts of other probes. Throws <see cref="NoEvidenceException"/> if one is missing.</summary>
    public string Expand(Template template) => Require(template.Resolve(new Scope(Facts, Reasons)));

    /// <inheritdoc cref="Expand(Template)"/>
    public string Expand(JsonTemplate template) => Require(template.Resolve(new Scope(Facts, Reasons)));

    /// <summary>An absolute URL; one that begins with '/' continues the manifest's target.</summary>
    public Uri ExpandUrl(Template template)
    {
        var text = Expand(template);
        if (text.StartsWith('/'))
        {
            // The path of the target stays: 'target: https://example.com/staging' and '/health' are one address below it.
            text = Target is null
                ? throw new NoEvidenceException(
                $"the URL '{text}' is relative and there is no target; write `target: https://…` in the manifest")
                : Target.GetLeftPart(UriPartial.Path).TrimEnd('/') + text;
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw new NoEvidenceException($"'{text}' is no URL; expected one such as https://staging.example.com/health");
        Secrets.LearnHost(url);
        return url.UserInfo.Length == 0
            ? url
            : throw new NoEvidenceException(
            "the URL holds a user or a password, which every report would show; write them under `basic-auth`");
    }

    private static string Require((string? Text, string? Fault) resolved) =>
        resolved.Text ?? throw new NoEvidenceException($"was not measured: {resolved.Fault}");
}

/// <summary>Who reads the facts of one source.</summary>
/// <param name="Use">Which of them are read at all: by conditions, other sources or <c>mask</c>.</param>
/// <param name="Judged">Which of them conditions read: of a soak's samples no more is kept.</param>
/// <param name="Conditions">The texts of those conditions.</param>
internal sealed record FactReaders(FactUse Use, FactUse Judged, IReadOnlyList<string> Conditions)
{
    public static readonly FactReaders Everybody = new(FactUse.Whole, FactUse.Whole, []);
}

/// <summary>What the sources of one run share, each made when a source first asks for it: a login, a cache.</summary>
internal sealed class RunShare
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _shared = [];

    public T Of<T>(Func<T> create)
        where T : class =>
        // Lazy, because GetOrAdd may call its function twice: two probes must not log in twice.
        (T)_shared.GetOrAdd(typeof(T), _ => new Lazy<object>(create)).Value;
}
