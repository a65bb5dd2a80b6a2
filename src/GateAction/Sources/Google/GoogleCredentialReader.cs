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

    /// <summary>The credential, and the workload identity alone where the credential is a service account that it acts as.</summary>
    public static async Task<(GoogleCredential Credential, GoogleCredential? Federated)> ReadAsync(GoogleCredentialFile file, Shell shell,
        Secrets secrets)
    {
        var json = await ParseAsync(file);
        var type = TextAt(json, "type");
        if (!Types.Contains(type))
            throw new GoogleFault(
                $"the Google credentials file of {file.Origin} has the type '{type}'; accepted: {string.Join(", ", Types)}");
        foreach (var secret in SecretFields.SelectMany(field =>
            new[] { TextAt(json, field), TextAt(json["source_credentials"] as JsonObject, field) }))
            secrets.Add(secret);
        MapTokenFile(json, shell);
        try
        {
            var credential = CredentialFactory.FromJson(json.ToJsonString(), type);
            var isActing = type == "external_account" && json.Remove("service_account_impersonation_url");
            return (credential, isActing ? CredentialFactory.FromJson(json.ToJsonString(), type) : null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new GoogleFault(
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
            throw new GoogleFault(
                $"the Google credentials file of {file.Origin} ('{file.Path}') cannot be read: "
                + $"{GoogleLoginFaults.FirstSentence(exception)}", exception);
        }
        throw new GoogleFault($"the Google credentials file of {file.Origin} ('{file.Path}') is no JSON object of Google's");
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
