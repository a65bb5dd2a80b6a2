using GateAction.Core;
using GateAction.Core.Reports;

namespace GateAction.Terminal;

/// <summary>The verdict as a person reads it in a terminal or a log.</summary>
internal static class TerminalReport
{
    public static Task WriteAsync(Shell shell, Verdict verdict, ReportContext context) => shell.Out.WriteLineAsync(Comment.Render(verdict, context));
}
