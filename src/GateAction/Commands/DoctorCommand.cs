using System.CommandLine;
using GateAction.GitHub;
using GateAction.GitHub.Doctor;
using GateAction.Manifests;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate doctor</c>: whether a repository is set up so that the gate can block a merge.</summary>
internal static class DoctorCommand
{
    public static Command Create(Shell shell)
    {
        var access = new GitHubAccess();
        var branch = new Option<string?>("--branch")
        { HelpName = "NAME", Description = "The branch that changes are merged to; else the default branch." };
        var manifest = new Option<string?>("--manifest")
        { HelpName = "FILE", Description = $"The manifest in the repository; else {ManifestFile.Default}." };
        var fix = new Option<bool>("--fix")
        { Description = "Add a ruleset that requires the status, after showing it; needs an administrator's token." };
        var command = new Command(
            "doctor",
            "Checks the token, the manifest on the base branch, whether the gate's status is required there and from which source, and "
            + "says what to change.\n"
            + "Exit codes: 0 nothing has to be changed, 1 something has, 2 an option is wrong, 4 GitHub could not be asked.") { branch,
            manifest, fix };
        var bypass = new Option<bool>("--bypass-admins")
        {
            Description = "With --fix: let administrators pass the ruleset by, as for a direct push that a workflow or a person needs.",
        };
        command.Add(bypass);
        access.AddTo(command);
        command.SetAction(async (parse, cancellation) =>
        {
            var (client, apiUrl) = access.Open(parse, shell);
            using var session = client;
            long? appId = apiUrl.Host == "api.github.com" ? GitHubActions.AppId : null;
            var visit = new DoctorVisit(shell, client, new GitHubDoctor(client, appId), parse.GetValue(manifest), parse.GetValue(fix),
                parse.GetValue(bypass));
            return (int)await visit.RunAsync(parse.GetValue(branch), cancellation);
        });
        return command;
    }
}
