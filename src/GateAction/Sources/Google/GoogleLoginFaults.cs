using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace GateAction.Sources.Google;

/// <summary>Says in one sentence why Google's library got no token, and what to do.</summary>
internal static class GoogleLoginFaults
{
    /// <summary>Null for what is no fault of the credentials or of the network.</summary>
    public static string? Explain(Exception exception, string origin) => exception switch
    {
        TokenResponseException { Error.ErrorDescription: null or "" } response when response.StatusCode is not null =>
            $"Google gave no token for the credentials of {origin}: status "
            + $"{(int)response.StatusCode}{Advice(response.Error, response.StatusCode)}",
        TokenResponseException { Error: { } error } response =>
            $"Google gave no token for the credentials of {origin}: {Describe(error)}{Advice(error, response.StatusCode)}",
        SubjectTokenException subject =>
            $"the identity provider gave no token for the credentials of {origin}: {FirstSentence(subject.InnerException ?? subject)}; "
            + "give the job 'permissions: id-token: write' and run google-github-actions/auth in the same job",
        HttpRequestException http => $"no token for the credentials of {origin}: {FirstSentence(http)}",
        NullReferenceException or Newtonsoft.Json.JsonException =>
            $"Google gave no token for the credentials of {origin}: the answer is no token",
        InvalidOperationException invalid => $"the credentials of {origin} cannot be used: {FirstSentence(invalid)}",
        _ => null,
    };

    public static string FirstSentence(Exception exception) =>
        exception.Message.ReplaceLineEndings(" ").Split(". ", 2)[0].TrimEnd('.', ' ');

    private static string Describe(TokenErrorResponse error) =>
        string.IsNullOrEmpty(error.ErrorDescription)
        ? error.Error
        : $"{error.Error}: {error.ErrorDescription.ReplaceLineEndings(" ").TrimEnd('.', ' ')}";

    private static string Advice(TokenErrorResponse error, HttpStatusCode? status) => (error.Error, status) switch
    {
        ("invalid_grant", _) => "; the key or the identity was revoked, has expired or is not accepted: make a new one",
        ("unauthorized_client", _) => "; the workload identity pool does not accept this repository: see its attribute condition",
        (_, HttpStatusCode.Forbidden) => "; grant the workload identity roles/iam.workloadIdentityUser on the service account",
        _ => "",
    };
}
