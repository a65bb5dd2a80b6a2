using System.Text;
using GateAction.Core;
using GateAction.Core.Json;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;

namespace GateAction.Commands;

/// <summary>The files that a run leaves in its report folder.</summary>
internal sealed class ReportFiles(string folder)
{
    public const string DefaultFolder = "gate-report";

    public string EvidencePath => Path.Combine(folder, "evidence.json");

    public string VerdictPath => Path.Combine(folder, "verdict.json");

    public string CommentPath => Path.Combine(folder, "comment.md");

    public string ReportPath => Path.Combine(folder, "report.md");

    public void Write(Evidence evidence) => Save(EvidencePath, stream => EvidenceJson.Write(stream, evidence));

    public void Write(Verdict verdict, ReportContext context, HtmlSources sources)
    {
        Save(VerdictPath, stream => VerdictJson.Write(stream, verdict));
        WriteText(CommentPath, Comment.Render(verdict, context));
        WriteText(ReportPath, JobSummary.Render(verdict, context));
        Save(Path.Combine(folder, "report.html"), stream => WriteHtml(stream, verdict, context, sources));
        Save(Path.Combine(folder, "criteria.junit.xml"), stream => CriteriaJUnit.Write(stream, verdict));
        Save(Path.Combine(folder, "criteria.sarif"), stream => Sarif.Write(stream, verdict, context, sources.Evidence));
        Save(Path.Combine(folder, "badge.json"), stream => Badge.WriteEndpoint(stream, verdict));
        WriteText(Path.Combine(folder, "badge.svg"), Badge.Svg(verdict));
    }

    /// <summary>Leaves a report of a run that came to no decision; where not even that can be written, the sentence on the terminal is all there is.</summary>
    public void WriteNoDecision(string reason)
    {
        try
        {
            WriteText(ReportPath, $"### ⚠️ Blocked: the gate came to no decision\n\n{Markdown.Text(reason, 1000)}\n");
        }
        catch (GateException)
        {
            return;
        }
    }

    public static void WriteText(string path, string text) => Save(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

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
            throw new GateException($"the report file '{path}' cannot be written: {exception.Message.TrimEnd('.')}; name another folder with '--out'", ExitCode.NotPublished, exception);
        }
    }
}
