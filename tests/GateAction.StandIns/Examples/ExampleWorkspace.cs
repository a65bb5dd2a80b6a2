using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.Google;

namespace GateAction.StandIns.Examples;

/// <summary>Puts into a job what an example has for it.</summary>
internal static class ExampleWorkspace
{
    public static void Fill(StandInJob job, Example example)
    {
        var source = example.PathOf("workspace");
        foreach (var file in Directory.Exists(source) ? Directory.GetFiles(source, "*", SearchOption.AllDirectories) : [])
        {
            var copy = Path.Combine(job.Directory, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Cloud Run and the credentials for it; null where the example has no <c>google.json</c>.</summary>
    public static async Task<GoogleStandIn?> StartGoogleAsync(StandInJob job, Example example)
    {
        if (!File.Exists(example.PathOf("google.json")))
            return null;
        var google = await GoogleStandIn.StartAsync();
        foreach (var (name, resource) in JsonNode.Parse(await File.ReadAllTextAsync(example.PathOf("google.json")))!.AsObject())
            google.Resources[name] = resource!.DeepClone();
        job["GOOGLE_APPLICATION_CREDENTIALS"] = await WriteCredentialsAsync(job.Directory, google);
        job["CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN"] = google.Url.ToString();
        return google;
    }

    /// <summary>Those of workload identity, with a token of the job's own in a file.</summary>
    private static async Task<string> WriteCredentialsAsync(string folder, GoogleStandIn google)
    {
        var (token, credentials) = (Path.Combine(folder, "google-token.txt"), Path.Combine(folder, "google-credentials.json"));
        await File.WriteAllTextAsync(token, google.IssueToken("subject"));
        await File.WriteAllTextAsync(credentials, new JsonObject
        {
            ["type"] = "external_account",
            ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/providers/github",
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
            ["token_url"] = $"{google.Url}v1/token",
            ["credential_source"] = new JsonObject { ["file"] = token },
        }.ToJsonString());
        return credentials;
    }
}
