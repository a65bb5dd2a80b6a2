using System.Security.Cryptography;
using System.Text;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Core.Reports.Machine;
using GateAction.Core.Reports.Markdown;
using GateAction.Files;
using GateAction.GitHub.Publishing;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>The files that a run leaves in its report folder.</summary>
/// <param name="workspace">Its owner gets them if root wrote them.</param>
/// <param name="secrets">What none of them shows.</param>
internal sealed class ReportFiles(string folder, string workspace, Secrets secrets)
{
    public const string EvidenceName = "evidence.json";
    private const string VerdictName = "verdict.json";
    private const string ReportName = "report.md";

    private static readonly (string Name, Action<Stream, Verdict, ReportContext, HtmlSources> Write)[] Table =
    [
        // The slowest first: they are written at the same time, and the last one to begin is what is waited for.
        ("report.html", WriteHtml),
        ("comment.md", (stream, verdict, context, _) => WriteText(stream, Comment.Render(verdict, context))),
        (ReportName, (stream, verdict, context, _) => WriteText(stream, JobSummary.Render(verdict, context))),
        (VerdictName, (stream, verdict, _, _) => VerdictJson.Write(stream, verdict)),
        ("criteria.junit.xml", (stream, verdict, _, _) => CriteriaJUnit.Write(stream, verdict)),
        ("criteria.sarif", (stream, verdict, context, sources) => Sarif.Write(stream, verdict, context, sources.Evidence)),
        ("badge.json", (stream, verdict, _, _) => Badge.WriteEndpoint(stream, verdict)),
        ("badge.svg", (stream, verdict, _, _) => WriteText(stream, Badge.Svg(verdict))),
    ];

    private readonly WorkspaceOwner _owner = WorkspaceOwner.Of(workspace);

    /// <summary>The names of the files that a run leaves.</summary>
    public static IEnumerable<string> Names(bool isJudged) => [EvidenceName, .. isJudged ? Table.Select(file => file.Name) : []];

    /// <summary>Those of a run with these inputs.</summary>
    public static ReportFiles Of(Shell shell, Inputs inputs) =>
        new(shell.PathOf(inputs.Out), inputs.Job?.Workspace ?? shell.Directory, shell.Secrets);

    public string EvidencePath => Path.Combine(folder, EvidenceName);

    public string VerdictPath => Path.Combine(folder, VerdictName);

    public string ReportPath => Path.Combine(folder, ReportName);

    /// <summary>Throws if the folder takes no file: that is told before the time of a measurement is spent.</summary>
    public void RequireFolder()
    {
        try
        {
            Directory.CreateDirectory(folder);
            _owner.GiveFolders(folder);
            NewFile.Beside(EvidencePath, IsMeantAsItIs(folder) ? null : workspace).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GateException(
                $"no report can be written to '{folder}': {exception.Message.TrimEnd('.')}; name another folder with '--out'",
                ExitCode.BadInput, exception);
        }
    }

    public void Write(Evidence evidence) => Save(EvidencePath, stream => EvidenceJson.Write(stream, secrets.Mask(evidence)));

    /// <summary>Writes the evidence; gives the digest by which the gate knows the file again
    /// (<see cref="CommentMarker.EvidenceDigestOf"/>).</summary>
    public string WriteKnown(Evidence evidence)
    {
        using var hash = SHA256.Create();
        Save(EvidencePath, stream =>
        {
            using var both = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true);
            EvidenceJson.Write(both, secrets.Mask(evidence));
        });
        return Convert.ToHexString(hash.Hash!).ToLowerInvariant();
    }

    /// <summary>Each file is made from the verdict alone, so all are written at the same time.</summary>
    public Task WriteAsync(Verdict verdict, ReportContext context, HtmlSources sources) =>
        Task.WhenAll(Of(verdict, context, sources).Select(file => Task.Run(() => Save(Path.Combine(folder, file.Name), file.Write))));

    /// <summary>The files of a verdict, the one that takes longest first.</summary>
    public static IEnumerable<(string Name, Action<Stream> Write)> Of(Verdict verdict, ReportContext context, HtmlSources sources) =>
        Table.Select(file => (file.Name, (Action<Stream>)(stream => file.Write(stream, verdict, context, sources))));

    /// <summary>Removes what an earlier run or step left, so that nothing of it can be taken for this run's.</summary>
    /// <param name="inputs">Files that this run is yet to read.</param>
    public void RemoveStale(IEnumerable<string> inputs)
    {
        try
        {
            // Through links: evidence may be named by one way, and lie where the report goes by another.
            var kept = inputs.Select(path => RealPath.Of(Path.GetFullPath(path))).ToHashSet(StringComparer.Ordinal);
            var real = RealPath.Of(Path.GetFullPath(folder));
            if (!Directory.Exists(real) || LeadsOut(real))
                return;
            foreach (var path in Table.Select(file => file.Name).Append(EvidenceName).Select(name => Path.Combine(real, name)))
            {
                if (!kept.Contains(path) && !kept.Contains(RealPath.Of(path)))
                    File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GateException(
                $"what an earlier run left in '{folder}' cannot be removed: {exception.Message.TrimEnd('.')}; name another folder with "
                + "'--out'",
                ExitCode.NotPublished, exception);
        }
    }

    /// <summary>Leaves a report of a run that came to no decision; if not even that can be written, the sentence on the terminal is all
    /// there is.</summary>
    public void WriteNoDecision(string reason)
    {
        try
        {
            MarkdownText report =
                $"### ⚠️ Blocked: the gate came to no decision\n\n{MarkdownText.Text(secrets.MaskText(reason), 1000)}\n";
            WriteReport(report.ToString());
        }
        catch (GateException)
        {
            return;
        }
    }

    public void WriteReport(string text) => Save(ReportPath, stream => WriteText(stream, secrets.MaskText(text)));

    /// <summary>A file of another name.</summary>
    public void WriteText(string path, string text) => Save(path, stream => WriteText(stream, secrets.MaskText(text)));

    private static void WriteText(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static void WriteHtml(Stream stream, Verdict verdict, ReportContext context, HtmlSources sources)
    {
        using var output = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        HtmlReport.Write(output, verdict, context, sources);
    }

    /// <summary>Nothing is removed there, and what is written there later is refused.</summary>
    private bool LeadsOut(string real) => !IsMeantAsItIs(folder) && !RealPath.IsWithin(real, RealPath.Of(Path.GetFullPath(workspace)));

    // A folder elsewhere was named by whoever runs the gate; one of the workspace may be a link that a change has made.
    private bool IsMeantAsItIs(string path) => !RealPath.IsWithin(Path.GetFullPath(path), Path.GetFullPath(workspace));

    private void Save(string path, Action<Stream> write)
    {
        try
        {
            var folderOfFile = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folderOfFile);
            _owner.GiveFolders(folderOfFile);
            using var file = NewFile.Beside(path, IsMeantAsItIs(folderOfFile) ? null : workspace);
            _owner.Give(file.Stream.SafeFileHandle);
            write(file.Stream);
            file.Keep();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GateException(
                $"the report file '{path}' cannot be written: {exception.Message.TrimEnd('.')}; name another folder with '--out'",
                ExitCode.NotPublished, exception);
        }
    }
}
