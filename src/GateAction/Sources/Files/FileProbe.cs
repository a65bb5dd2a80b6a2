using GateAction.Cel.Values;
using GateAction.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Files;

/// <summary>Looks at one file. That there is none is measured too (<c>exists</c>); every other fact is then missing.</summary>
internal sealed record FileProbe(Template Path, ProbeOptions Options) : Probe(Options)
{
    private static readonly FactType Facts = ProbeOptions.FactsWith(
        ("exists", FactType.Bool("true where there is such a file")),
        ("size", FactType.Size("its length in bytes")),
        ("modified_at", FactType.Timestamp("when it was last written; a checkout writes every file")),
        ("age", FactType.Duration("time since then")),
        ("text", FactType.String("its text; absent where it is larger than 1 MiB or no text")),
        ("json", FactType.Dynamic("its text as JSON, or as YAML where its name ends in .yaml or .yml; absent where it is neither")));

    public static readonly ProbeKind File =
        new("file", "Looks at a file of the workspace: its size, its age, its text, its JSON or YAML.", Read, Facts);

    public override ProbeKind Kind => File;

    public static FileProbe Read(Fields fields) => new(
        fields.Required("file", Syntaxes.Template,
        "path of the file, from the workspace; links do not lead out of it, an absolute path does"),
        ProbeOptions.Read(fields, Facts));

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
            throw new NoEvidenceException($"'{path}' could not be read within {Options.Timeout.TotalSeconds:0.###} s");
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
            return new Look([("exists", Value.False)], $"there is no file '{path}'");
        await using var stream = RegularFile.OpenRead(file.FullName, WorkspacePath.FolderOf(context.Shell.Directory, path));
        var written = new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(stream.SafeFileHandle), TimeSpan.Zero);
        var (text, reason) = await FileText.ReadAsync(stream, cancellation);
        List<(string, Value)> facts =
        [
            ("exists", Value.True),
            ("size", Value.Int(stream.Length)),
            ("modified_at", Value.Timestamp(written)),
            ("age", Value.Duration(context.Time.GetUtcNow() - written)),
        ];
        if (text is null)
            return new Look(facts, reason);
        facts.Add(("text", Value.String(text)));
        if (Parse(path, text, ref reason) is { } json)
            facts.Add(("json", json));
        return new Look(facts, reason);
    }

    private static Value? Parse(string path, string text, ref string? reason) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            ? YamlFact.Read($"'{path}'", text, ref reason)
            : JsonFact.Read($"'{path}'", text, ref reason);
}
