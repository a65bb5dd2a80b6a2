using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Files;

/// <summary>Looks at one file. That there is none is measured too (<c>exists</c>); every other fact is then missing.</summary>
internal sealed record FileProbe(Template Path, ProbeOptions Options) : Probe(Options)
{
    /// <param name="Size">Null, as everything that follows, if there is no such file.</param>
    private sealed record Seen(long? Size = null, DateTimeOffset? WrittenAt = null, TimeSpan? Age = null, string? Text = null,
        Value? Json = null);

    private static readonly Facts<Seen> Facts = new Facts<Seen>()
        .Bool("exists", "true if there is such a file", file => file.Size is not null)
        .Size("size", "its length in bytes", file => file.Size).AsFigure()
        .Timestamp("modified_at", "when it was last written; a checkout writes every file", file => file.WrittenAt)
        .Duration("age", "time since then", file => file.Age)
        .Text(FactNames.Text, "its text; absent if it is larger than 1 MiB or no text", file => file.Text)
        .Dynamic(
            FactNames.Json,
            "its text as JSON, or as YAML where its name ends in .yaml or .yml; absent if it is neither",
            file => file.Json);

    public static readonly SourceKind File =
        SourceKind.OfProbe("file", "Looks at a file of the workspace: its size, its age, its text, its JSON or YAML.", Read, Facts);

    public override SourceKind Kind => File;

    public static FileProbe Read(Fields fields) => new(
        fields.Required("file", Syntaxes.Template,
        "path of the file, from the workspace; links do not lead out of it, an absolute path does"),
        ProbeOptions.Read(fields, File));

    public override string SubjectIn(ProbeContext context) => context.Expand(Path);

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var path = context.Expand(Path);
        using var timeout = new CancellationTokenSource(Options.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            // On a thread of its own, because opening a file on a dead network drive waits without end.
            return await Task.Run(() => ReadAsync(path, context, either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NoEvidenceException($"'{path}' could not be read within {UnitText.Duration(Options.Timeout)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NoEvidenceException($"'{path}' could not be read: {exception.Message}", exception);
        }
    }

    private static async Task<ProbeResult> ReadAsync(string path, ProbeContext context, CancellationToken cancellation)
    {
        var file = new FileInfo(WorkspacePath.Resolve(context.Shell.Directory, path));
        if (Directory.Exists(file.FullName))
            throw new NoEvidenceException($"'{path}' is a directory; the path of a file is accepted");
        if (!file.Exists)
            return new ProbeResult(Facts.Of(new()), $"there is no file '{path}'");
        // Once: size, time and text are those of one file, also if another one is put in its place meanwhile.
        await using var stream = RegularFile.OpenRead(file.FullName, WorkspacePath.FolderOf(context.Shell.Directory, path));
        var written = new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(stream.SafeFileHandle), TimeSpan.Zero);
        var (text, reason) = await FileText.ReadAsync(stream, cancellation);
        var json = text is null ? null : Parse(path, text, ref reason);
        return new ProbeResult(Facts.Of(new(stream.Length, written, context.Time.GetUtcNow() - written, text, json)), reason);
    }

    private static Value? Parse(string path, string text, ref string? reason) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            ? YamlFact.Read($"'{path}'", text, ref reason)
            : JsonFact.Read($"'{path}'", text, ref reason);
}

/// <summary>The text of a file of at most <see cref="MaxBytes"/>: UTF-8, or what its byte order mark says.</summary>
internal static class FileText
{
    public const int MaxBytes = 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The text, or why there is none.</summary>
    public static async Task<(string? Text, string? Reason)> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return length > MaxBytes
            ? (null, $"the file is larger than {MaxBytes / 1024} KiB, too large to be read as a text")
            : Decode(bytes.AsSpan(0, length));
    }

    private static (string? Text, string? Reason) Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes switch
            {
                [0xEF, 0xBB, 0xBF, ..] => (Utf8.GetString(bytes[3..]), null),
                [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true).GetString(bytes[2..]), null),
                [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true).GetString(bytes[2..]), null),
                _ => (Utf8.GetString(bytes), null),
            };
        }
        catch (DecoderFallbackException)
        {
            return (null, "the file is no text in UTF-8");
        }
    }
}
