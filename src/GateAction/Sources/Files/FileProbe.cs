using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Files;

/// <summary>Looks at one file. That there is none is measured too (<c>exists</c>); every other fact is then missing.</summary>
internal sealed record FileProbe(Template Path, ProbeOptions Options) : Probe(Options)
{
    /// <param name="Size">Null, as everything that follows, where there is no such file.</param>
    private sealed record Seen(long? Size = null, DateTimeOffset? WrittenAt = null, TimeSpan? Age = null, string? Text = null,
        Value? Json = null);

    private static readonly Facts<Seen> Facts = new Facts<Seen>()
        .Bool("exists", "true where there is such a file", file => file.Size is not null)
        .Size("size", "its length in bytes", file => file.Size)
        .Timestamp("modified_at", "when it was last written; a checkout writes every file", file => file.WrittenAt)
        .Duration("age", "time since then", file => file.Age)
        .Text("text", "its text; absent where it is larger than 1 MiB or no text", file => file.Text)
        .Dynamic(
            "json",
            "its text as JSON, or as YAML where its name ends in .yaml or .yml; absent where it is neither",
            file => file.Json);

    public static readonly SourceKind File =
        SourceKind.OfProbe("file", "Looks at a file of the workspace: its size, its age, its text, its JSON or YAML.", Read, Facts);

    public override SourceKind Kind => File;

    public static FileProbe Read(Fields fields) => new(
        fields.Required("file", Syntaxes.Template,
        "path of the file, from the workspace; links do not lead out of it, an absolute path does"),
        ProbeOptions.Read(fields, File));

    public override string SubjectIn(ProbeContext context) => context.Expand(Path);

    public override async Task<Look> LookAsync(ProbeContext context, CancellationToken cancellation)
    {
        var path = context.Expand(Path);
        using var timeout = new CancellationTokenSource(Options.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            // On a thread of its own, because opening a file on a dead network drive waits without end.
            return await Task.Run(() => LookAtAsync(path, context, either.Token), either.Token).WaitAsync(either.Token);
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

    private static async Task<Look> LookAtAsync(string path, ProbeContext context, CancellationToken cancellation)
    {
        var file = new FileInfo(WorkspacePath.Resolve(context.Shell.Directory, path));
        if (Directory.Exists(file.FullName))
            throw new NoEvidenceException($"'{path}' is a directory; the path of a file is accepted");
        if (!file.Exists)
            return new Look(Facts.Of(new()), $"there is no file '{path}'");
        await using var stream = RegularFile.OpenRead(file.FullName, WorkspacePath.FolderOf(context.Shell.Directory, path));
        var written = new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(stream.SafeFileHandle), TimeSpan.Zero);
        var (text, reason) = await FileText.ReadAsync(stream, cancellation);
        var json = text is null ? null : Parse(path, text, ref reason);
        return new Look(Facts.Of(new(stream.Length, written, context.Time.GetUtcNow() - written, text, json)), reason);
    }

    private static Value? Parse(string path, string text, ref string? reason) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            ? YamlFact.Read($"'{path}'", text, ref reason)
            : JsonFact.Read($"'{path}'", text, ref reason);
}
