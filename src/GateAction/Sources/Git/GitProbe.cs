using System.Globalization;
using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Sources.Git;

/// <summary>Looks at a checkout: which commit it is, whether it is clean, and what it changes against a base.</summary>
internal sealed record GitProbe(Template Directory, Template? Base, ProbeOptions Options) : Probe(Options)
{
    private sealed record Commit(string Sha, string Short, string? Branch, DateTimeOffset At, string Subject);

    /// <param name="Changed">Null if there is no base to compare with.</param>
    private sealed record Checkout(Commit Commit, string[] Uncommitted, string? Base, string[]? Changed);

    private static readonly Facts<Checkout> Facts = new Facts<Checkout>()
        .Text("sha", "the commit that is checked out", checkout => checkout.Commit.Sha)
        .Text("short", "its first seven characters or more, as git abbreviates it", checkout => checkout.Commit.Short)
        .Text(
            "branch",
            "the branch that is checked out; absent if there is none (a detached HEAD, as in a pull request)",
            checkout => checkout.Commit.Branch)
        .Timestamp("committed_at", "when the commit was made", checkout => checkout.Commit.At)
        .Text("subject", "first line of its message", checkout => checkout.Commit.Subject)
        .Bool(
            "clean",
            "true if nothing is changed, staged or untracked; ignored files do not count",
            checkout => checkout.Uncommitted.Length == 0)
        .Texts("uncommitted", "paths that are changed, staged or untracked", "a path", checkout => checkout.Uncommitted).AsFigure()
        .Text("base", "the commit that `base` and this one have in common; absent without `base`", checkout => checkout.Base)
        .Texts(
            "changed",
            "paths that differ between that commit and this one; absent without `base`",
            "a path",
            checkout => checkout.Changed).AsFigure();

    public static readonly SourceKind Git =
        SourceKind.OfProbe("git", "Looks at a checkout: its commit, whether it is clean, and what it changes.", Read, Facts);

    public override SourceKind Kind => Git;

    public override string? Program => "git";

    public static GitProbe Read(Fields fields) => new(
        fields.Required("git", Syntaxes.Template, "directory of the checkout, from the workspace: ."),
        fields.Optional("base",
        Syntaxes.Template.Unless(text => text.Written.StartsWith('-')
        ? $"'{text}' is an option; a branch, a tag or a commit is accepted"
        : null), "a branch, a tag or a commit to compare with: origin/main"),
        ProbeOptions.Read(fields, Git));

    public override string SubjectIn(ProbeContext context) => context.Expand(Directory);

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var directory = context.Shell.PathOf(context.Expand(Directory));
        if (!System.IO.Directory.Exists(directory))
            throw new NoEvidenceException($"there is no directory '{context.Expand(Directory)}'");
        var git = new GitCommand(context, directory, Options.Timeout);
        var commit = await CommitAsync(git, cancellation);
        var uncommitted = await StatusAsync(git, cancellation);
        if (Base is null)
            return new ProbeResult(Facts.Of(new(commit, uncommitted, null, null)));
        var (start, changed, reason) = await ChangesAsync(git, context.Expand(Base), cancellation);
        return new ProbeResult(Facts.Of(new(commit, uncommitted, start, changed)), reason);
    }

    private static async Task<Commit> CommitAsync(GitCommand git, CancellationToken cancellation)
    {
        var commit = await git.ReadAsync("no commit could be read", cancellation, "log", "-1", "--no-show-signature",
            "--format=%H%x00%h%x00%cI%x00%s", "HEAD");
        var parts = commit.TrimEnd('\n').Split('\0', 4);
        var branch = await git.RunAsync(cancellation, "symbolic-ref", "--quiet", "--short", "HEAD");
        return new(
            parts[0],
            parts[1],
            branch.ExitCode == 0 ? branch.Stdout.Text.TrimEnd('\n') : null,
            DateTimeOffset.Parse(parts[2], CultureInfo.InvariantCulture),
            parts[3]);
    }

    private static async Task<string[]> StatusAsync(GitCommand git, CancellationToken cancellation)
    {
        var status = await git.ReadAsync("the state of the checkout could not be read", cancellation, "status", "--porcelain=v1", "-z",
            "--no-renames", "--untracked-files=normal");
        // 'XY path', with -z and without renames: two letters, a blank, the path as it is.
        return [.. Items(status).Select(entry => entry[3..])];
    }

    /// <summary>Against the commit where the two parted, as a pull request shows it.</summary>
    private static async Task<(string? Start, string[]? Changed, string? Reason)> ChangesAsync(
        GitCommand git, string reference, CancellationToken cancellation)
    {
        if (reference.StartsWith('-'))
            throw new NoEvidenceException($"'base' came to '{reference}'; a branch, a tag or a commit is accepted");
        var common = await git.RunAsync(cancellation, "merge-base", "--end-of-options", reference, "HEAD");
        if (common.ExitCode != 0)
            return (null, null,
                $"'{reference}' and this commit have no commit in common in this checkout; fetch the history (actions/checkout with "
                + "`fetch-depth: 0`)");
        var start = common.Stdout.Text.Trim();
        var changed = await git.ReadAsync("the changed files could not be listed", cancellation, "diff", "--name-only", "-z",
            "--no-renames", "--no-ext-diff", "--no-textconv", start, "HEAD");
        return (start, Items(changed), null);
    }

    private static string[] Items(string output) => output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
