using System.Net;

namespace GateAction.GitHub.Api;

/// <summary>A call that GitHub refused or did not answer. The message is a sentence for the user and never holds the token.</summary>
internal sealed class ApiException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Null where there was no answer, or none that could be read.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>GitHub's own words.</summary>
    public string? Said { get; init; }

    /// <summary>True where the same call may do better a little later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>True where GitHub may have done what was asked although its answer did not say so.</summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>How long GitHub asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True where the token lacks a permission.</summary>
    public bool IsForbidden { get; init; }

    public bool IsNotFound => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}
