using System.Globalization;
using GateAction.Cel.Values;
using GateAction.Syntax;

namespace GateAction.Sources.Git;

/// <summary>Looks at a checkout: which commit it is, whether it is clean, and what it changes against a base.</summary>
internal sealed record GitProbe(Template Directory, Template? Base, ProbeOptions Options) : Probe(Options)
{
    private static readonly FactType Facts = ProbeOptions.FactsWith(
        ("sha", FactType.String("the commit that is checked out")),
        ("short", FactType.String("its first seven characters or more, as git abbreviates it")),
        ("branch", FactType.String("the branch that is checked out; absent where there is none (a detached HEAD, as in a pull request)")),
        ("committed_at", FactType.Timestamp("when the commit was made")),
        ("subject", FactType.String("first line of its message")),
        ("clean", FactType.Bool("true where nothing is changed, staged or untracked; ignored files do not count")),
        ("uncommitted", FactType.List("paths that are changed, staged or untracked", FactType.String("a path"))),
        ("base", FactType.String("the commit that `base` and this one have in common; absent without `base`")),
        ("changed", FactType.List("paths that differ between that commit and this one; absent without `base`", FactType.String("a path"))));

    public static readonly ProbeKind Git =
        new("git", "Looks at a checkout: its commit, whether it is clean, and what it changes.", Read, Facts);

    public override ProbeKind Kind => Git;

    public static GitProbe Read(Fields fields) => new(
        fields.Required("git", Syntaxes.Template, "directory of the checkout, from the workspace: ."),
        fields.Optional("base",
        Syntaxes.Template.Unless(text => text.Written.StartsWith('-')
        ? $"'{text}' is an option; a branch, a tag or a commit is accepted"
        : null), "a branch, a tag or a commit to compare with: origin/main"),
        ProbeOptions.Read(fields, Facts));

    public override string SubjectIn(ProbeContext context) => context.Expand(Directory);

    public override async Task<Look> LookAsync(ProbeContext context, CancellationToken cancellation)
    {
        var directory = context.Shell.PathOf(context.Expand(Directory));
        if (!System.IO.Directory.Exists(directory))
            throw new NoEvidenceException($"there is no directory '{context.Expand(Directory)}'");
        var git = new GitCommand(context, directory, Options.Timeout);
        List<(string, Value)> facts = [.. await CommitAsync(git, cancellation), .. await StatusAsync(git, cancellation)];
        if (Base is null)
            return new Look(facts);
        var (changes, reason) = await ChangesAsync(git, context.Expand(Base), cancellation);
        return new Look([.. facts, .. changes], reason);
    }

    private static async Task<IEnumerable<(string, Value)>> CommitAsync(GitCommand git, CancellationToken cancellation)
    {
        var commit = await git.ReadAsync("no commit could be read", cancellation, "log", "-1", "--no-show-signature",
            "--format=%H%x00%h%x00%cI%x00%s", "HEAD");
        var parts = commit.TrimEnd('\n').Split('\0', 4);
        var branch = await git.RunAsync(cancellation, "symbolic-ref", "--quiet", "--short", "HEAD");
        List<(string, Value)> facts =
        [
            ("sha", Value.String(parts[0])),
            ("short", Value.String(parts[1])),
            ("committed_at", Value.Timestamp(DateTimeOffset.Parse(parts[2], CultureInfo.InvariantCulture))),
            ("subject", Value.String(parts[3])),
        ];
        if (branch.ExitCode == 0)
            facts.Add(("branch", Value.String(branch.Stdout.Text.TrimEnd('\n'))));
        return facts;
    }

    private static async Task<IEnumerable<(string, Value)>> StatusAsync(GitCommand git, CancellationToken cancellation)
    {
        var status = await git.ReadAsync("the state of the checkout could not be read", cancellation, "status", "--porcelain=v1", "-z",
            "--no-renames", "--untracked-files=normal");
        string[] paths = [.. Items(status).Select(entry => entry[3..])];
        return [("clean", Value.Bool(paths.Length == 0)), ("uncommitted", Value.List(paths))];
    }

    /// <summary>Against the commit where the two parted, as a pull request shows it.</summary>
    private static async Task<(IEnumerable<(string, Value)> Facts, string? Reason)> ChangesAsync(GitCommand git, string reference,
        CancellationToken cancellation)
    {
        if (reference.StartsWith('-'))
            throw new NoEvidenceException($"'base' came to '{reference}'; a branch, a tag or a commit is accepted");
        var common = await git.RunAsync(cancellation, "merge-base", "--end-of-options", reference, "HEAD");
        if (common.ExitCode != 0)
            return ([],
                $"'{reference}' and this commit have no commit in common in this checkout; fetch the history (actions/checkout with "
                + "`fetch-depth: 0`)");
        var start = common.Stdout.Text.Trim();
        var changed = await git.ReadAsync("the changed files could not be listed", cancellation, "diff", "--name-only", "-z",
            "--no-renames", "--no-ext-diff", "--no-textconv", start, "HEAD");
        return ([("base", Value.String(start)), ("changed", Value.List(Items(changed)))], null);
    }

    private static string[] Items(string output) => output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
