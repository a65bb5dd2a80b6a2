namespace GateAction.Surroundings;

/// <summary>
/// What of the environment leads the gate's connections elsewhere, or has it trust other certificates. A step before the gate can have set
/// it, so that it is told with the verdict.
/// </summary>
internal static class NetworkDetours
{
    // What .NET reads for HttpClient.DefaultProxy, and OpenSSL for its certificates.
    private static readonly string[] Proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    private static readonly string[] Certificates = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

    /// <summary>One sentence; null if there is nothing.</summary>
    public static string? In(Shell shell)
    {
        var proxies = Proxies.Where(name => !string.IsNullOrWhiteSpace(shell.Environment(name)))
            .Select(name => $"the proxy {WithoutPassword(shell.Environment(name)!)} ({name})");
        var certificates = Certificates.Where(name => !string.IsNullOrWhiteSpace(shell.Environment(name)))
            .Select(name => $"the certificates of '{shell.Environment(name)}' ({name})");
        string[] all = [.. proxies, .. certificates];
        return all.Length == 0
            ? null
            : $"the environment has this run use {string.Join(", ", all)}: whoever set that can read and change what the gate is told";
    }

    private static string WithoutPassword(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
            ? $"{uri.Scheme}://{uri.Host}:{uri.Port}"
            : "that is no address";
}
