using GateAction.Cel.Values;
using GateAction.Surroundings;

namespace GateAction.Sources.Google;

/// <summary>
/// Tokens of Google for probes that ask for them: access tokens for its APIs, ID tokens for private services. One per run; the credentials
/// are looked for, and Google's library is loaded, when the first token is asked for. Throws <see cref="GoogleException"/>.
/// </summary>
internal sealed class GoogleTokens(Shell shell, Secrets secrets)
{
    // A search that failed stays failed: the same files would be read and the same server asked for each probe.
    private readonly Lazy<Task<GoogleLogin>> _login = new(() => GoogleLogin.FindAsync(shell, secrets));

    /// <summary>A token of the run's login, for a probe: without one nothing can be seen, whatever it looks at. Throws
    /// <see cref="NoEvidenceException"/>.</summary>
    public static Task<string> AccessTokenAsync(ProbeContext context, string scope, TimeSpan timeout, CancellationToken cancellation) =>
        EvidenceOfAsync(In(context).AccessTokenAsync(scope, timeout, cancellation));

    /// <inheritdoc cref="AccessTokenAsync(ProbeContext, string, TimeSpan, CancellationToken)"/>
    public static Task<string> IdTokenAsync(ProbeContext context, string audience, TimeSpan timeout, CancellationToken cancellation) =>
        EvidenceOfAsync(In(context).IdTokenAsync(audience, timeout, cancellation));

    /// <param name="scope">The end of a scope's URL: <c>cloud-platform.read-only</c>, <c>logging.read</c>.</param>
    public async Task<string> AccessTokenAsync(string scope, TimeSpan timeout, CancellationToken cancellation) =>
        await AskAsync((login, token) => login.AccessTokenAsync($"https://www.googleapis.com/auth/{scope}", token), timeout, cancellation);

    /// <param name="audience">The service's own URL, without a path: Cloud Run accepts no other.</param>
    public async Task<string> IdTokenAsync(string audience, TimeSpan timeout, CancellationToken cancellation) =>
        await AskAsync((login, token) => login.IdTokenAsync(audience, token), timeout, cancellation);

    private static GoogleTokens In(ProbeContext context) => context.Share.Of(() => new GoogleTokens(context.Shell, context.Secrets));

    private static async Task<string> EvidenceOfAsync(Task<string> token)
    {
        try
        {
            return await token;
        }
        catch (GoogleException fault)
        {
            throw new NoEvidenceException($"was not measured: {fault.Message}", fault);
        }
    }

    private async Task<string> AskAsync(Func<GoogleLogin, CancellationToken, Task<string>> ask, TimeSpan timeout,
        CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, shell.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            // The search is shared and goes on: one probe that was out of time must not end it for the others.
            var login = await _login.Value.WaitAsync(either.Token);
            var token = await ask(login, either.Token).WaitAsync(either.Token);
            secrets.Add(token);
            return token;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new GoogleException($"Google gave no token within {UnitText.Duration(timeout)}");
        }
    }
}
