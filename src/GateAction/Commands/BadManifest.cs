using GateAction.Core.Model;
using GateAction.Core.Reports.Machine;
using GateAction.Core.Reports.Markdown;
using GateAction.GitHub.Publishing;
using GateAction.Manifests;
using GateAction.Syntax;

namespace GateAction.Commands;

/// <summary>What is said if the manifest is not usable, so that a required status ends with a sentence and not in waiting.</summary>
internal static class BadManifest
{
    private static readonly (string Name, string Value)[] NoVerdict = [("verdict", ""), ("score", ""), ("measured", "0"), ("failed", "[]")];

    public static GateOutcome Of(JobContext job, EffectiveManifest judge)
    {
        var problems = judge.Reading.Problems;
        var count = problems.Count == 1 ? "a problem" : $"{problems.Count} problems";
        foreach (var problem in problems)
            job.Shell.Error.Write(ProblemText.Format(problem, job.Shell.Width, job.Shell.HasColor));
        var sentence = $"the manifest '{judge.Path}' has {count}; nothing was measured";
        job.Shell.Error.WriteLine($"gate: {sentence}");
        job.Shell.Answer.Refuse(sentence, json => ProblemJson.Write(json, "problems", judge.Path, problems));
        var text = Text(judge, count);
        return new(ExitCode.BadInput, new GateReport(
            FinalState.Error,
            $"{count} in {judge.Path}, nothing measured: {Place(problems[0].Position, judge)}: {problems[0].Message}",
            (_, _) => text,
            text,
            // Without the texts: a comment that is written on change only would else come anew for each moved line.
            $"bad-manifest-{problems.Count}",
            IsProblem: true,
            NoVerdict,
            job.Inputs.Annotations ? [.. problems.Select(Annotate)] : []));
    }

    /// <summary>There is none, or it may not be read; <paramref name="reason"/> is the sentence that says why and what to do.</summary>
    public static GateOutcome Missing(JobContext job, string reason)
    {
        job.Shell.Error.WriteLine($"gate: {reason}");
        job.Shell.Answer.Refuse(reason);
        var what = job.Event?.Blocked is null ? "there is no manifest to judge by" : "what judges this change is not certain";
        var text = Told($"### ⚠️ Blocked: {what}\n\nNothing was measured: {MarkdownText.Text(reason, 1000)}.\n");
        return new(ExitCode.BadInput, new GateReport(
            FinalState.Error,
            $"nothing measured: {reason}",
            (_, _) => text,
            text,
            "no-manifest",
            IsProblem: true,
            NoVerdict,
            job.Inputs.Annotations ? [new Annotation(AnnotationLevel.Failure, "Gate manifest", reason)] : []));
    }

    private static string Text(EffectiveManifest judge, string count)
    {
        MarkdownText read = judge.Commit is { } sha
            ? $" (read at {MarkdownText.Code(RunIdentity.Short(sha))})"
            : MarkdownText.Empty;
        MarkdownText note = judge.Note is { } said ? $"\n> {said}\n" : MarkdownText.Empty;
        return Told(
            $"### ⚠️ Blocked: the manifest has {count}\n\n"
            + $"Nothing was measured. Repair {MarkdownText.Code(judge.Path)}{read}; `gate validate` shows the same locally.\n\n"
            + $"{MarkdownText.Fence(judge.Reading.Problems.SelectMany(Lines), maxLines: 60)}\n{note}");
    }

    private static string Place(SourcePosition position, EffectiveManifest judge) =>
        $"{(position.File != judge.Path ? $"{position.File}:" : "")}{position.Line}:{position.Column}";

    private static string Told(MarkdownText text) => text.ToString();

    private static string[] Lines(Problem problem) => [problem.ToString(), $"    {problem.SourceLine.Trim()}"];

    private static Annotation Annotate(Problem problem) => new(
        AnnotationLevel.Failure, "Gate manifest", $"{problem.Path}: {problem.Message}", problem.Position.File, problem.Position.Line,
        problem.Position.Column);
}
