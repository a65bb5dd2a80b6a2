using System.CommandLine;
using GateAction.Core;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Doctor;

namespace GateAction.Commands;

/// <summary><c>gate doctor</c>: whether a repository is set up so that the gate can block a merge.</summary>
internal static class DoctorCommand
{
    public static Command Create(Shell shell)
    {
        var repository = new Option<string?>("--repository") { HelpName = "OWNER/NAME", Description = "The repository; else GITHUB_REPOSITORY." };
        var branch = new Option<string?>("--branch") { HelpName = "NAME", Description = "The branch that changes are merged to; else the default branch." };
        var token = new Option<string?>("--github-token") { HelpName = "TOKEN", Description = "The token for GitHub's API; else GITHUB_TOKEN." };
        var manifest = new Option<string?>("--manifest") { HelpName = "FILE", Description = "The manifest in the repository; else .github/gate.yml, else gate.yml." };
        var fix = new Option<bool>("--fix") { Description = "Add a ruleset that requires the status, after showing it; needs an administrator's token." };
        var command = new Command(
            "doctor",
            "Checks the token, the manifest on the base branch, whether the gate's status is required there and from which source, and says what to change.\n"
            + "Exit codes: 0 nothing has to be changed, 1 something has, 2 an option is wrong, 4 GitHub could not be asked.") { repository, branch, token, manifest, fix };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = Open(shell, parse.GetValue(repository), parse.GetValue(token), out var appId);
            var visit = new DoctorVisit(shell, client, new GitHubDoctor(client, appId), parse.GetValue(manifest), parse.GetValue(fix));
            return (int)await visit.RunAsync(parse.GetValue(branch), cancellation);
        });
        return command;
    }

    private static GitHubClient Open(Shell shell, string? repository, string? token, out long? appId)
    {
        var place = Inputs.ReadPlace(shell);
        var name = (repository is null ? place.Repository : RepositoryName.TryParse(repository))
            ?? throw new GateException(repository is null ? "name the repository: 'gate doctor --repository owner/name'" : $"'--repository' is '{repository}'; it must read 'owner/name'");
        var secret = token ?? place.Token ?? throw new GateException("there is no token: set GITHUB_TOKEN, or pass '--github-token'");
        appId = place.ApiUrl.Host == "api.github.com" ? GitHubActions.AppId : null;
        return new(new Connection(place.ApiUrl, secret, shell.Time), name);
    }
}
