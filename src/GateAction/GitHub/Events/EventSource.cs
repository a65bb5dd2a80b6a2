using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>What an event is read from: the job with the fields that the runner passed and, if there is a token, GitHub. The payload is
/// only compared.</summary>
internal sealed partial record EventSource(ActionsJob Job, JsonElement Payload, RepositoryApi? Client)
{
    public string? Action => Job.Fields[EventField.Action];

    /// <summary>
    /// The pull request that the job is about: of <c>GITHUB_REF</c>, else of the field that the runner passed. Null if neither names one;
    /// throws if they name two.
    /// </summary>
    public int? PullRequestNumber
    {
        get
        {
            var ofRef = PullRef().Match(Job.Ref) is { Success: true } match
                ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
                : (int?)null;
            var passed = (int?)Job.Fields.Whole(EventField.PullRequest);
            return ofRef is null || passed is null || ofRef == passed ? ofRef ?? passed : throw new GateException(
                $"'{EventField.PullRequest.Input}' is '{passed}', but this job runs for pull request #{ofRef} (GITHUB_REF is "
                + $"'{Job.Ref}'): leave the input out");
        }
    }

    /// <summary>True if the job runs on a pull request's merge commit.</summary>
    public bool IsOfPullRequest => PullRef().IsMatch(Job.Ref);

    /// <summary>An event about the commit that the job runs on.</summary>
    public GateEvent OfJob() => On(Job.Sha, Job.Ref);

    public GateEvent On(string sha, string fullRef) => new(Job.EventName, Action, sha, fullRef, BranchOf(fullRef));

    public static string? BranchOf(string fullRef) =>
        fullRef.StartsWith("refs/heads/", StringComparison.Ordinal) ? fullRef["refs/heads/".Length..] : null;

    /// <summary>Adds the default branch's name, by which a status that goes into it is called. GitHub is asked unless it is known
    /// already.</summary>
    public async Task<GateEvent> WithDefaultBranchAsync(GateEvent found, CancellationToken cancellation)
    {
        if (Client is null || found.DefaultBranch is not null)
            return found;
        try
        {
            return found with { DefaultBranch = (await Client.GetAsync(cancellation)).DefaultBranch };
        }
        catch (GitHubException exception)
        {
            throw new GateException(
                $"the default branch cannot be read, so it is not known what the status is called: {exception.Message}",
                ExitCode.NotPublished, exception);
        }
    }

    [GeneratedRegex(@"\Arefs/pull/(\d{1,9})/(merge|head)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PullRef();
}
