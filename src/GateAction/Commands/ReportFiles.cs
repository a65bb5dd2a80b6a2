using System.Text;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Core.Reports.Machine;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Commands;

/// <summary>The files that a run leaves in its report folder.</summary>
internal sealed class ReportFiles(string folder)
{
    public const string DefaultFolder = "gate-report";

    private const string VerdictName = "verdict.json";
    private const string ReportName = "report.md";

    public string EvidencePath => Path.Combine(folder, "evidence.json");

    public string VerdictPath => Path.Combine(folder, VerdictName);

    public string ReportPath => Path.Combine(folder, ReportName);

    public void Write(Evidence evidence) => Save(EvidencePath, stream => EvidenceJson.Write(stream, evidence));

    /// <summary>Each file comes of the verdict alone; they are written at the same time.</summary>
    public Task WriteAsync(Verdict verdict, ReportContext context, HtmlSources sources) =>
        Task.WhenAll(Of(verdict, context, sources).Select(file => Task.Run(() => Save(Path.Combine(folder, file.Name), file.Write))));

    /// <summary>The files of a verdict, the one that takes longest first.</summary>
    public static IEnumerable<(string Name, Action<Stream> Write)> Of(Verdict verdict, ReportContext context, HtmlSources sources) =>
    [
        ("report.html", stream => WriteHtml(stream, verdict, context, sources)),
        ("comment.md", stream => WriteText(stream, Comment.Render(verdict, context))),
        (ReportName, stream => WriteText(stream, JobSummary.Render(verdict, context))),
        (VerdictName, stream => VerdictJson.Write(stream, verdict)),
        ("criteria.junit.xml", stream => CriteriaJUnit.Write(stream, verdict)),
        ("criteria.sarif", stream => Sarif.Write(stream, verdict, context, sources.Evidence)),
        ("badge.json", stream => Badge.WriteEndpoint(stream, verdict)),
        ("badge.svg", stream => WriteText(stream, Badge.Svg(verdict))),
    ];

    /// <summary>Leaves a report of a run that came to no decision; where not even that can be written, the sentence on the terminal is all
    /// there is.</summary>
    public void WriteNoDecision(string reason)
    {
        try
        {
            WriteText(ReportPath, $"### ⚠️ Blocked: the gate came to no decision\n\n{MarkdownText.Text(reason, 1000)}\n");
        }
        catch (GateException)
        {
            return;
        }
    }

    public static void WriteText(string path, string text) => Save(path, stream => WriteText(stream, text));

    private static void WriteText(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static void WriteHtml(Stream stream, Verdict verdict, ReportContext context, HtmlSources sources)
    {
        using var output = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        HtmlReport.Write(output, verdict, context, sources);
    }

    private static void Save(string path, Action<Stream> write)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var stream = File.Create(path);
            write(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GateException(
                $"the report file '{path}' cannot be written: {exception.Message.TrimEnd('.')}; name another folder with '--out'",
                ExitCode.NotPublished, exception);
        }
    }
}
