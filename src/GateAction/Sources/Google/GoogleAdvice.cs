namespace GateAction.Sources.Google;

/// <summary>Says in one sentence why a Google API refused, and what to do.</summary>
internal static class GoogleAdvice
{
    /// <param name="source">Who refused: <c>Cloud Run</c>.</param>
    /// <param name="api">The API that must be enabled.</param>
    /// <param name="role">The role that is needed.</param>
    /// <param name="names">What to check where nothing is found.</param>
    public static string For(GoogleError error, string source, string api, string role, string names) => (error.Code, error.Reason) switch
    {
        (_, "SERVICE_DISABLED") => $"{source} is not enabled in the project: gcloud services enable {api}",
        (401, _) =>
            $"{source} does not accept the credentials ({error.Message}); run google-github-actions/auth in this job, less than an hour "
            + "before",
        (403, "CONSUMER_INVALID" or "USER_PROJECT_DENIED") => $"{source} does not know the project ({error.Message}); check {names}",
        (403, _) => $"{source} denies access ({error.Message}); grant the gate's account {role} on the project, or correct {names}",
        (404, _) => $"{source} finds nothing there ({error.Message}); check {names}",
        (400, _) => $"{source} does not understand the request: {error.Message}",
        (429, _) => $"{source} allows no more requests for now: {error.Message}",
        (var code, _) => $"{source} gave no answer (status {code}, {error.Status}): {error.Message}",
    };
}
