using GateAction.Surroundings;

namespace GateAction.Sources.Google;

/// <summary>A credentials file and how it was found, for messages.</summary>
internal sealed record GoogleCredentialFile(string Path, string Origin)
{
    // In the order of google-auth: what is set for programs, what google-github-actions/auth exports beside it, what gcloud itself reads.
    private static readonly string[] Variables =
        ["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_GHA_CREDS_PATH", "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE"];

    /// <summary>Null where no file is named and none lies where gcloud writes it. Throws <see cref="GoogleFault"/> where one is named that
    /// is not there.</summary>
    public static GoogleCredentialFile? Find(Shell shell)
    {
        foreach (var variable in Variables)
        {
            if (shell.Environment(variable) is { Length: > 0 } path)
                return new(Locate(path, variable, shell), variable);
        }
        return WellKnown(shell) is { } file && File.Exists(file) ? new(file, "gcloud's application default credentials") : null;
    }

    private static string Locate(string path, string variable, Shell shell)
    {
        var full = shell.PathOf(path);
        if (File.Exists(full))
            return full;
        if (InWorkspace(path, shell) is { } mapped && File.Exists(mapped))
            return mapped;
        var advice = shell.IsGitHubActions
            ? "in a container action only the workspace is mounted: let google-github-actions/auth write it there "
            + "(create_credentials_file: true), after actions/checkout"
            : "name a file that exists, or unset the variable to use other credentials";
        throw new GoogleFault($"the Google credentials file '{path}' that {variable} names does not exist here; {advice}");
    }

    /// <summary>
    /// The same file as a container action sees it: GITHUB_WORKSPACE names the mount there, while the other variables still hold paths of
    /// the host, <c>/home/runner/work/REPOSITORY/REPOSITORY/gha-creds-….json</c>.
    /// </summary>
    public static string? InWorkspace(string path, Shell shell)
    {
        if (shell.Environment("GITHUB_WORKSPACE") is not { Length: > 0 } workspace)
            return null;
        var host = path.Replace('\\', '/');
        var repository = shell.Environment("GITHUB_REPOSITORY")?.Split('/')[^1];
        var root = $"/{repository}/{repository}/";
        var at = string.IsNullOrEmpty(repository) ? -1 : host.IndexOf(root, StringComparison.Ordinal);
        var relative = at < 0 ? host[(host.LastIndexOf('/') + 1)..] : host[(at + root.Length)..];
        return System.IO.Path.Combine(workspace, relative);
    }

    private static string? WellKnown(Shell shell)
    {
        const string Name = "application_default_credentials.json";
        if (shell.Environment("CLOUDSDK_CONFIG") is { Length: > 0 } config)
            return System.IO.Path.Combine(config, Name);
        if (OperatingSystem.IsWindows())
            return shell.Environment("APPDATA") is { Length: > 0 } data ? System.IO.Path.Combine(data, "gcloud", Name) : null;
        return shell.Environment("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".config", "gcloud", Name) : null;
    }
}
