using System.CommandLine;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>The options of a command that asks GitHub also outside a workflow.</summary>
internal sealed class GitHubAccess
{
    private readonly Option<string?> _repository = new("--repository")
    { HelpName = "OWNER/NAME", Description = "The repository; else GITHUB_REPOSITORY." };
    private readonly Option<string?> _token = new("--github-token")
    { HelpName = "TOKEN", Description = "The token for GitHub's API; else GITHUB_TOKEN." };

    public void AddTo(Command command)
    {
        command.Add(_repository);
        command.Add(_token);
    }

    /// <summary>Throws a <see cref="GateException"/> if repository or token are not known.</summary>
    public (RepositoryApi Client, Uri ApiUrl) Open(ParseResult parse, Shell shell)
    {
        var place = Inputs.ReadPlace(shell);
        var repository = parse.GetValue(_repository);
        var name = (repository is null ? place.Repository : RepositoryName.TryParse(repository))
            ?? throw new GateException(repository
            is null
            ? $"name the repository: 'gate {parse.CommandResult.Command.Name} --repository owner/name'"
            : $"'--repository' is '{repository}'; it must read 'owner/name'");
        var token = (parse.GetValue(_token) is { } given && given.Trim().Length > 0 ? given : place.Token)
            ?? throw new GateException("there is no token: set GITHUB_TOKEN, or pass '--github-token'");
        shell.Secrets.Add(token);
        return (new(place.ApiUrl, token, name, shell.Time), place.ApiUrl);
    }
}
