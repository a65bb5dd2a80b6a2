using GateAction.Files;
using GateAction.Http;
using GateAction.Sources.Files;
using GateAction.Syntax;

namespace GateAction.Sources.OpenApi;

/// <summary>Where a document comes from: an address (absolute, or a path below the target that begins with '/'), or a file of the
/// workspace.</summary>
internal sealed class ApiSource(OpenApiProbe probe, ProbeContext context)
{
    public static bool IsUrl(string text) =>
        text.StartsWith('/') || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public async Task<ApiDocument> ReadAsync(Template written, CancellationToken cancellation)
    {
        var text = context.Expand(written);
        return IsUrl(text)
            ? ApiReader.Read(await FetchAsync(context.ExpandUrl(written), cancellation), $"the answer of '{written}'")
            : ApiReader.Read(await LoadAsync(text, cancellation), $"the file '{text}'");
    }

    private async Task<string> FetchAsync(Uri url, CancellationToken cancellation)
    {
        var headers = await probe.HeadersAsync(url, context, cancellation);
        var call = new HttpCall(
            HttpMethod.Get, url, [.. headers, ("Accept", "application/json, application/yaml;q=0.9, */*;q=0.5")], null, null,
            probe.TrustFor(url, context), 5, probe.Options.Timeout, ApiReader.MaxBytes);
        var answer = await context.Http.SendAsync(call, cancellation);
        if (!answer.IsOk)
            throw new NoEvidenceException($"there is no OpenAPI document at {url.AbsoluteUri} ({SourceAnswer.StatusOf(answer)})");
        var (text, reason) = answer.Body.Decode();
        return text ?? throw new NoEvidenceException($"the OpenAPI document at {url.AbsoluteUri} cannot be read: {reason}");
    }

    private async Task<string> LoadAsync(string file, CancellationToken cancellation)
    {
        var path = context.Shell.PathOf(file);
        try
        {
            using var text = new StreamReader(new MemoryStream(
                await Task.Run(() =>
                RegularFile.ReadAllBytes(path, ApiReader.MaxBytes, WorkspacePath.FolderOf(context.Shell.Directory, file)),
                cancellation).WaitAsync(cancellation)));
            return await text.ReadToEndAsync(cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new NoEvidenceException(
                $"the file '{file}' cannot be read: "
                + (exception is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : exception.Message.TrimEnd('.')),
                exception);
        }
    }
}
