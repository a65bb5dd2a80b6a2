using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Http;
using GateAction.Sources.Commits;
using GateAction.Sources.Google;
using GateAction.Sources.Results.Coverage;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>What one probe may use while it measures.</summary>
/// <param name="Name">The probe's name in the manifest.</param>
/// <param name="Target">Where relative URLs start; null where the manifest names no target.</param>
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
    /// <summary>Which of the probe's facts are read; a large one that is not need not be kept.</summary>
    public FactUse Use { get; init; } = FactUse.Whole;

    /// <summary>Which of them conditions read: of a soak's samples no more is kept.</summary>
    public FactUse Judged { get; init; } = FactUse.Whole;

    /// <summary>The conditions that <see cref="Use"/> comes of.</summary>
    public IReadOnlyList<string> Judges { get; init; } = [];

    /// <summary>Asks GitHub about a commit; null outside a workflow, or where there is no token.</summary>
    public Func<CommitQuestion, CancellationToken, Task<CommitAnswer>>? AskGitHub { get; init; }

    /// <summary>Asks what the pull request changes; throws <see cref="NoEvidenceException"/> if that is not known.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<ChangedFile>>> AskForChanges { get; init; } = PatchCoverage.AskNobody;

    public TimeProvider Time => Shell.Time;

    /// <summary>Tokens of Google, shared by the probes of a run.</summary>
    public GoogleTokens Google { get; init; } = new(Shell, Secrets);

    /// <inheritdoc cref="GoogleTokens.AccessTokenAsync"/>
    public Task<string> GoogleAccessTokenAsync(string scope, TimeSpan timeout, CancellationToken cancellation) =>
        EvidenceOfAsync(Google.AccessTokenAsync(scope, timeout, cancellation));

    /// <inheritdoc cref="GoogleTokens.IdTokenAsync"/>
    public Task<string> GoogleIdTokenAsync(string audience, TimeSpan timeout, CancellationToken cancellation) =>
        EvidenceOfAsync(Google.IdTokenAsync(audience, timeout, cancellation));

    /// <summary>Fills in the facts of other probes. Throws <see cref="NoEvidenceException"/> where one is missing.</summary>
    public string Expand(Template template) => Require(template.Resolve(new Scope(Facts, Reasons)));

    /// <inheritdoc cref="Expand(Template)"/>
    public string Expand(JsonTemplate template) => Require(template.Resolve(new Scope(Facts, Reasons)));

    /// <summary>An absolute URL; one that begins with '/' continues the manifest's target.</summary>
    public Uri ExpandUrl(Template template)
    {
        var text = Expand(template);
        if (text.StartsWith('/'))
        {
            text = Target is null
                ? throw new NoEvidenceException(
                $"the URL '{text}' is relative and there is no target; write `target: https://…` in the manifest")
                : Target.GetLeftPart(UriPartial.Path).TrimEnd('/') + text;
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw new NoEvidenceException($"'{text}' is no URL; expected one such as https://staging.example.com/health");
        return url.UserInfo.Length == 0
            ? url
            : throw new NoEvidenceException(
            "the URL holds a user or a password, which every report would show; write them under `basic-auth`");
    }

    // Without a token nothing can be seen, whatever the probe looks at.
    private static async Task<string> EvidenceOfAsync(Task<string> token)
    {
        try
        {
            return await token;
        }
        catch (GoogleFault fault)
        {
            throw new NoEvidenceException($"was not measured: {fault.Message}", fault);
        }
    }

    private static string Require((string? Text, string? Fault) resolved) =>
        resolved.Text ?? throw new NoEvidenceException($"was not measured: {resolved.Fault}");
}
