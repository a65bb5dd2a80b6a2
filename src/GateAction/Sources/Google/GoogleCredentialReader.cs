using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Files;
using GateAction.Surroundings;
using Google.Apis.Auth.OAuth2;

namespace GateAction.Sources.Google;

/// <summary>Reads a credentials file of any type that Google's library knows.</summary>
internal static class GoogleCredentialReader
{
    private const int MaxBytes = 64 * 1024;
    private static readonly string[] Types =
        ["service_account", "external_account", "impersonated_service_account", "authorized_user", "external_account_authorized_user"];

    private static readonly string[] SecretFields = ["private_key", "refresh_token", "client_secret"];

    /// <summary>The credential, and the workload identity alone if the credential is a service account that it acts as.</summary>
    public static async Task<(GoogleCredential Credential, GoogleCredential? Federated)> ReadAsync(GoogleCredentialFile file, Shell shell,
        Secrets secrets)
    {
        var json = await ParseAsync(file);
        var type = TextAt(json, "type");
        if (!Types.Contains(type))
            throw new GoogleException(
                $"the Google credentials file of {file.Origin} has the type '{type}'; accepted: {string.Join(", ", Types)}");
        foreach (var secret in SecretFields.SelectMany(field =>
            new[] { TextAt(json, field), TextAt(json["source_credentials"] as JsonObject, field) }))
            secrets.Add(secret);
        // Before the library sees it: it opens the file by itself, at the first token.
        MapTokenFile(json, shell);
        try
        {
            var credential = CredentialFactory.FromJson(json.ToJsonString(), type);
            var isActing = type == "external_account" && json.Remove("service_account_impersonation_url");
            return (credential, isActing ? CredentialFactory.FromJson(json.ToJsonString(), type) : null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new GoogleException(
                $"the Google credentials file of {file.Origin} ('{file.Path}') cannot be used: "
                + $"{GoogleLoginFaults.FirstSentence(exception)}", exception);
        }
    }

    private static async Task<JsonObject> ParseAsync(GoogleCredentialFile file)
    {
        try
        {
            if (JsonNode.Parse(await Task.Run(() => RegularFile.ReadAllBytes(file.Path, MaxBytes))) is JsonObject json)
                return json;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new GoogleException(
                $"the Google credentials file of {file.Origin} ('{file.Path}') cannot be read: "
                + $"{GoogleLoginFaults.FirstSentence(exception)}", exception);
        }
        throw new GoogleException($"the Google credentials file of {file.Origin} ('{file.Path}') is no JSON object of Google's");
    }

    /// <summary>A federated credential may name a file with the identity provider's token, by its path on the host too.</summary>
    private static void MapTokenFile(JsonObject json, Shell shell)
    {
        if (json["credential_source"] is not JsonObject source || TextAt(source, "file") is not { Length: > 0 } path || File.Exists(path))
            return;
        if (GoogleCredentialFile.InWorkspace(path, shell) is { } mapped && File.Exists(mapped))
            source["file"] = mapped;
    }

    private static string TextAt(JsonObject? json, string field) =>
        json?[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

/// <summary>A credentials file and how it was found, for messages.</summary>
internal sealed record GoogleCredentialFile(string Path, string Origin)
{
    // In the order of google-auth: what is set for programs, what google-github-actions/auth exports beside it, what gcloud itself reads.
    private static readonly string[] Variables =
        ["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_GHA_CREDS_PATH", "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE"];

    /// <summary>Null if no file is named and none lies where gcloud writes it. Throws <see cref="GoogleException"/> if one is named
    /// that is not there.</summary>
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
        throw new GoogleException($"the Google credentials file '{path}' that {variable} names does not exist here; {advice}");
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
        // The runner checks out to work/REPOSITORY/REPOSITORY; what stands before differs between hosted and own runners.
        var at = string.IsNullOrEmpty(repository) ? -1 : host.IndexOf(root, StringComparison.Ordinal);
        // Where runners have another layout, the file's name is enough: auth writes it into the root of the workspace.
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
