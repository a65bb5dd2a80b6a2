using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>The document of <c>gate results --json</c>, described in docs/results.md.</summary>
internal static class ResultsJson
{
    public static string Text(ResultRun run) => IndentedJson.Object(json =>
    {
        json.WriteStartArray("files");
        foreach (var file in run.Files)
            WriteFile(json, file);
        json.WriteEndArray();
        json.WriteStartObject("total");
        json.WriteNumber("files", run.Files.Count);
        WriteFigures(json, run.Counts, run.Suites);
        json.WriteBoolean("clean", CleanCheck.Reason(run, []) is null);
        json.WriteNumber("problems", run.Files.Sum(file => file.Problems.Count + file.MoreProblems));
        json.WriteEndObject();
        json.WriteStartArray("failure_groups");
        foreach (var group in FailureGroup.In(run.Failures))
            WriteGroup(json, group);
        json.WriteEndArray();
    });

    private static void WriteGroup(Utf8JsonWriter json, FailureGroup group)
    {
        json.WriteStartObject();
        json.WriteString("message", group.Message);
        json.WriteNumber("count", group.Tests.Count);
        json.WriteString("first", group.Tests[0].FullName);
        json.WriteStartArray("names");
        foreach (var test in group.Tests.Take(FailureGroup.Named))
            json.WriteStringValue(test.FullName);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, FileTally file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("format", file.Format);
        WriteFigures(json, file.Counts, file.Suites);
        json.WriteBoolean("clean", file.Worst is null or Severity.Warning && file.Counts.Total > 0);
        json.WriteStartArray("problems");
        foreach (var problem in file.Problems)
            WriteProblem(json, problem);
        json.WriteEndArray();
        if (file.MoreProblems > 0)
            json.WriteNumber("more_problems", file.MoreProblems);
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, TestCounts counts, int suites)
    {
        foreach (var figure in TestFigure.All)
            json.WriteNumber(figure.Name, figure.In(counts));
        json.WriteNumber("suites", suites);
        json.WriteNumber("duration_s", Math.Round(counts.Duration.TotalSeconds, 6));
    }

    private static void WriteProblem(Utf8JsonWriter json, ResultProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("severity", problem.Severity.Word());
        json.WriteString("message", problem.Message);
        if (problem.Line > 0)
            json.WriteNumber("line", problem.Line);
        if (problem.Column > 0)
            json.WriteNumber("column", problem.Column);
        json.WriteEndObject();
    }
}
