using System.Globalization;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Artifacts;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>Earlier runs of a branch from the artifacts they left on GitHub.</summary>
internal sealed class HistoryArtifacts(Shell shell, RepositoryApi client)
{
    private const int DefaultRuns = 20;
    private const int MostRuns = 100;

    /// <param name="text">The option's value; empty if only its name was given.</param>
    public static int ReadCount(string text) =>
        text.Length == 0 ? DefaultRuns
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostRuns ? count
        : throw new GateException(
        $"'--artifacts' is '{text}'; a number of runs from 1 to {MostRuns} is accepted, and folders stand before it");

    /// <summary>The newest runs of one gate; what cannot be read is told and left out. Throws if nothing is left.</summary>
    public async Task<IReadOnlyList<HistoryRun>> ReadAsync(string name, string? branchName, string? gate, int count,
        CancellationToken cancellation)
    {
        try
        {
            var branch = branchName ?? (await client.GetAsync(cancellation)).DefaultBranch;
            var runs = new List<HistoryRun>();
            await foreach (var (file, problem) in new BranchArtifacts(client, branch).ReadAsync(name, cancellation))
            {
                if (await ReadAsync(file, problem) is { } run && (gate is null || run.Gate == gate))
                    runs.Add(run);
                // Not Take: what cannot be read does not count, and the next page is asked for only if it is needed.
                if (runs.Count == count)
                    break;
            }
            return runs.Count > 0
                ? runs
                : throw new GateException(
                $"no run on '{branch}' left an artifact '{name}' with evidence{(gate is null ? "" : $" of gate '{gate}'")} that can still "
                + $"be read; a workflow leaves one with actions/upload-artifact and 'path: {ActionInput.Out.Default}'");
        }
        catch (GitHubException exception)
        {
            throw new GateException($"the artifacts cannot be read: {exception.Message}", ExitCode.NotPublished, exception);
        }
    }

    private async Task<HistoryRun?> ReadAsync(EvidenceFile? file, string? problem)
    {
        try
        {
            if (file is not null)
                return HistoryRun.Of(file);
        }
        catch (GateException exception)
        {
            problem = exception.Message;
        }
        await shell.Error.WriteLineAsync($"gate: left out: {problem}");
        return null;
    }
}
