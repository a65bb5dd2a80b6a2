using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Http;
using GateAction.Sources.Files;
using GateAction.Syntax;

namespace GateAction.Sources.OpenApi;

/// <summary>Reads the OpenAPI document that a service publishes: which operations it has, what changed since another document, whether its
/// GETs answer.</summary>
/// <param name="Compare">The document to compare with; null compares with nothing.</param>
internal sealed record OpenApiProbe(
    Template Source,
    Template? Compare,
    ApiFilter Filter,
    IReadOnlyDictionary<string, ApiLevel> Levels,
    bool CallsGets,
    int MaxCalls,
    RequestHeaders Headers,
    RequestHeaders CompareHeaders,
    ServerTrust Trust,
    ServiceLogin Login,
    ProbeOptions Options) : Probe(Options)
{
    private const int ShownChanges = 20;

    public static readonly SourceKind OpenApi = SourceKind.OfProbe(
        "openapi", "Reads an OpenAPI document: its operations, and what changed since another one.", Read, OpenApiFacts.Facts);

    private static Syntax<IReadOnlyList<Entry<ApiLevel>>> RuleLevels { get; } = Syntaxes.MapOf(
        Syntaxes.EnumOf<string>([.. ApiRules.All.Select(rule => (rule.Id, rule.Id))]),
        Syntaxes.EnumOf(("off", ApiLevel.Off), ("warning", ApiLevel.Warning), ("breaking", ApiLevel.Breaking)));

    public override SourceKind Kind => OpenApi;

    public static OpenApiProbe Read(Fields fields) => new(
        fields.Required("openapi", Syntaxes.Template,
        "the URL of the document, a path below the manifest's `target`, or a file of the workspace (without '/' before it)"),
        fields.Optional("compare", Syntaxes.Template,
        $"another document to compare with, given likewise; '{ApiBaseline.Word}' compares with what the base branch's last run saw"),
        ApiFilter.Read(fields),
        fields.Optional("rules", RuleLevels, [],
        "what a kind of change is, by its id: 'off' leaves it out, 'warning' and 'breaking' say in which fact it is listed")
            .ToDictionary(rule => rule.Key, rule => rule.Value),
        fields.Optional("call-gets", Syntaxes.Bool, false,
        "calls every GET without required parameters and counts those that answer below 500"),
        fields.Optional("max-calls", Syntaxes.Int(1, 2000), 200, "how many of them are called at most"),
        RequestHeaders.Read(fields),
        RequestHeaders.Read(fields, "compare-headers",
        "headers for the document to compare with where it stands on another host: 'headers' and the login go to the service alone"),
        ServerTrust.Read(fields),
        ServiceLogin.Read(fields),
        ProbeOptions.Read(fields, OpenApi));

    public override string SubjectIn(ProbeContext context) =>
        ApiSource.IsUrl(context.Expand(Source)) ? context.ExpandUrl(Source).AbsoluteUri : context.Expand(Source);

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var source = new ApiSource(this, context);
        var document = await source.ReadAsync(Source, cancellation);
        var operations = Filter.Of(document);
        var look = new ProbeResult(ProbeResult.NoFacts, operations.Count == 0 ? Filter.WhyNone(document) : null);
        var facts = new OpenApiFacts(document, operations);
        if (Compare is { Written: ApiBaseline.Word })
            (look, facts) = WithBaseline(look, facts, context);
        else if (Compare is not null)
            (look, facts) = With(look, facts, await source.ReadAsync(Compare, cancellation), ArePeers(context), context);
        if (CallsGets)
            (look, facts) = With(look, facts, await new SafeGets(this, context).CallAsync(document, operations, cancellation));
        return look with { Facts = OpenApiFacts.Facts.Of(facts) };
    }

    // Two files, or two documents of one host, name the same hosts; those of two hosts each name their own.
    private bool ArePeers(ProbeContext context)
    {
        var (one, other) = (ApiSource.IsUrl(context.Expand(Source)), ApiSource.IsUrl(context.Expand(Compare!)));
        return one == other && (!one || context.ExpandUrl(Source).Authority == context.ExpandUrl(Compare!).Authority);
    }

    /// <summary>The headers of a request to the service, or to where the document stands that it is compared with.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> HeadersAsync(Uri url, ProbeContext context,
        CancellationToken cancellation) =>
    [
        .. await Login.HeadersAsync(url, HomeIn(context) ?? url, Headers, context, Options.Timeout, cancellation),
        .. IsHome(url, context) ? [] : CompareHeaders.For(url, url, context),
    ];

    /// <summary>False for another server than the service.</summary>
    public bool IsHome(Uri url, ProbeContext context) => HomeIn(context) is not { } home || HttpRedirect.IsSameOrigin(url, home);

    /// <summary>The service alone is shown a client certificate, not where the document stands that it is compared with.</summary>
    public TlsTrust TrustFor(Uri url, ProbeContext context)
    {
        var trust = Trust.In(context);
        return IsHome(url, context) ? trust : trust.ForOthers;
    }

    /// <summary>The service that the probe is about; null where it is about files alone.</summary>
    private Uri? HomeIn(ProbeContext context) =>
        new[] { Source, Compare }.OfType<Template>().Where(written => ApiSource.IsUrl(context.Expand(written)))
            .Select(context.ExpandUrl).FirstOrDefault() ?? context.Target;

    /// <summary>Keeps the document for the next comparison, and compares with the one that was kept, or with its names where none
    /// was.</summary>
    private (ProbeResult, OpenApiFacts) WithBaseline(ProbeResult look, OpenApiFacts facts, ProbeContext context)
    {
        var kept = facts with { Packed = ApiPack.Pack(facts.Document.Root) };
        if (ApiBaseline.DocumentIn(context) is { } before)
            // The base branch's run may have looked at another deployment, so a host that is gone only warns.
            return With(look, kept, before, false, context);
        if (ApiBaseline.NamesIn(context) is not { } names)
        {
            const string none = "there is no baseline to compare with yet: the base branch's last run does not have this probe";
            return (look with { Reason = none, AwaitsBaseline = [.. OpenApiFacts.Compared.Type.Fields!.Keys] }, kept);
        }
        var (added, removed) = ApiBaseline.Compare(facts.Operations, names);
        return (
            look with
            {
                Reason =
                    "the baseline knows the names of operations only, so what else is 'breaking' cannot be said before the base branch "
                    + "has run with 'compare: baseline'",
                Details = [.. look.Details, .. removed.Select(name => $"{name}: the operation was removed")],
            },
            kept with { Added = added, Removed = removed });
    }

    private (ProbeResult, OpenApiFacts) With(ProbeResult look, OpenApiFacts facts, ApiDocument before, bool comparesHosts,
        ProbeContext context)
    {
        var today = DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime);
        var document = facts.Document;
        var comparison = new ApiComparer(Filter, Levels, comparesHosts, today).Compare(before, document);
        if (comparison.Compared == 0)
            return (look with { Reason = $"nothing was compared: {Filter.WhyNone(document.Operations.Count > 0 ? document : before)}" },
                facts);
        var unread = comparison.Unread;
        return (
            look with
            {
                Details = [.. look.Details, .. comparison.InOrder.Take(ShownChanges).Select(change => $"{change.Text} ({change.Rule.Id})")],
                Outcome = unread.Count == 0 ? look.Outcome : Outcome.Unclean,
                Reason = unread.Count == 0
                    ? look.Reason
                    : $"not everything could be compared: {unread[0]}{(unread.Count > 1 ? $", and {unread.Count - 1} more" : "")}",
            },
            facts with { Comparison = comparison, Added = comparison.Added, Removed = comparison.Removed });
    }

    private static (ProbeResult, OpenApiFacts) With(ProbeResult look, OpenApiFacts facts, SafeGetResult result)
    {
        if (result.Safe == 0)
        {
            const string none = "no GET was called: none of the operations is a GET that takes no parameter in its path and requires none";
            return (look with { Reason = look.Reason ?? none }, facts);
        }
        return (
            look with
            {
                Details = [.. look.Details, .. result.Failing.Take(ShownChanges)],
                Caveat = result.Called == result.Safe
                    ? look.Caveat
                    : $"only {result.Called} of {result.Safe} GETs were called; raise 'max-calls'",
                IsPartial = look.IsPartial || result.Called < result.Safe,
            },
            facts with { Called = result });
    }
}

/// <summary>What the base branch's last run knew of the API: its document where that run compared with a baseline itself, else the names of
/// its operations.</summary>
internal static class ApiBaseline
{
    /// <summary>The value of <c>compare</c> that asks for it.</summary>
    public const string Word = "baseline";

    /// <summary>The facts of an earlier run that a later one is compared with.</summary>
    public const string Names = "names";

    public const string Document = "document";

    /// <summary>Null where there is no earlier run, or it kept no document that can be read.</summary>
    public static ApiDocument? DocumentIn(ProbeContext context)
    {
        if (!context.Facts.TryGetValue(GateVariables.Baseline, out var baseline) || Field(baseline, context.Name) is not { } probe
            || Field(probe, Document) is not { Kind: ValueKind.String } packed || ApiPack.Unpack(packed.AsString) is not { } text)
        {
            return null;
        }
        try
        {
            return ApiReader.Read(text, "the baseline");
        }
        // The file is damaged, or another version of the gate took more: its names still can be compared.
        catch (NoEvidenceException)
        {
            return null;
        }
    }

    /// <summary>Null where there is no earlier run, or it had no such probe.</summary>
    public static IReadOnlyList<string>? NamesIn(ProbeContext context) =>
        context.Facts.TryGetValue(GateVariables.Baseline, out var baseline) && Field(baseline, context.Name) is { } probe
        && Field(probe, Names) is { Kind: ValueKind.List } names
            ? [.. names.AsList.Where(name => name.Kind == ValueKind.String).Select(name => name.AsString)]
            : null;

    /// <summary>By the names of the operations alone.</summary>
    public static (string[] Added, string[] Removed) Compare(IReadOnlyList<ApiOperation> operations, IReadOnlyList<string> before)
    {
        var (old, now) = (before.Select(ApiOperation.KeyOf).ToHashSet(), operations.Select(operation => operation.Key).ToHashSet());
        return (
            [.. operations.Where(operation => !old.Contains(operation.Key)).Select(operation => operation.Name)],
            [.. before.Where(name => !now.Contains(ApiOperation.KeyOf(name)))]);
    }

    private static Value? Field(Value value, string name) =>
        value.Kind == ValueKind.Map && value.AsMap.TryGet(name, out var field) ? field : null;
}

/// <summary>Where a document comes from: an address (absolute, or a path below the target that begins with '/'), or a file of the
/// workspace.</summary>
internal sealed class ApiSource(OpenApiProbe probe, ProbeContext context)
{
    public static bool IsUrl(string text) =>
        text.StartsWith('/') || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public async Task<ApiDocument> ReadAsync(Template written, CancellationToken cancellation)
    {
        var text = context.Expand(written);
        return IsUrl(text)
            ? ApiReader.Read(await FetchAsync(context.ExpandUrl(written), cancellation), $"the answer of '{written}'")
            : ApiReader.Read(await LoadAsync(text, cancellation), $"the file '{text}'");
    }

    private async Task<string> FetchAsync(Uri url, CancellationToken cancellation)
    {
        var headers = await probe.HeadersAsync(url, context, cancellation);
        var call = new HttpCall(
            HttpMethod.Get, url, [.. headers, ("Accept", "application/json, application/yaml;q=0.9, */*;q=0.5")], null, null,
            probe.TrustFor(url, context), 5, probe.Options.Timeout, ApiReader.MaxBytes);
        var answer = await context.Http.SendAsync(call, cancellation);
        if (!answer.IsOk)
            throw new NoEvidenceException($"there is no OpenAPI document at {url.AbsoluteUri} ({SourceAnswer.StatusOf(answer)}"
                + $"{(answer.Status is 401 or 403 && !probe.IsHome(url, context) ? "; what it wants goes into 'compare-headers'" : "")})");
        var (text, reason) = answer.Body.Decode();
        return text ?? throw new NoEvidenceException($"the OpenAPI document at {url.AbsoluteUri} cannot be read: {reason}");
    }

    private async Task<string> LoadAsync(string file, CancellationToken cancellation)
    {
        var path = context.Shell.PathOf(file);
        try
        {
            using var text = new StreamReader(new MemoryStream(
                // On a thread that is left behind when the time is over: a share of the network may hang.
                await Task.Run(() =>
                RegularFile.ReadAllBytes(path, ApiReader.MaxBytes, WorkspacePath.FolderOf(context.Shell.Directory, file)),
                cancellation).WaitAsync(cancellation)));
            return await text.ReadToEndAsync(cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new NoEvidenceException(
                $"the file '{file}' cannot be read: {RegularFile.WhyUnreadable(exception)}",
                exception);
        }
    }
}
