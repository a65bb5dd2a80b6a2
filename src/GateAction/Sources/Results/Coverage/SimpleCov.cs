using System.Text.Json;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>SimpleCov's <c>.resultset.json</c> (runs by their command) and the <c>coverage.json</c> of its JSON formatter.</summary>
internal static class SimpleCov
{
    public static CoverageFormat Format { get; } = new(
        "simplecov",
        "SimpleCov",
        "SimpleCov (`.resultset.json`, and `coverage.json` of simplecov_json_formatter)",
        "`lines`: null and `ignored` are no lines. `branches` where branch coverage is on. It has no totals; `.last_run.json` holds no "
        + "lines and is refused.",
        head => head.HasKeys("meta.simplecov_version", "coverage")
        || (!head.Keys.Contains("meta") && head.Keys.Any(key => key.EndsWith(".coverage", StringComparison.Ordinal))),
        report => JsonStream.Read(report.Source, json => new Document(json, report).Read()));

    private sealed class Document(JsonStream json, CoverageReport report)
    {
        private Dictionary<int, (int Branches, int Taken)> _branches = [];

        public void Read() => json.ForEachField(name =>
        {
            if (name == "coverage")
                ReadFiles(name);
            else if (name is not ("meta" or "groups" or "timestamp" or "total"))
                json.ForEachField(field =>
                {
                    if (field == "coverage")
                        ReadFiles($"{name}.{field}");
                });
        });

        private void ReadFiles(string where)
        {
            if (json.Token != JsonTokenType.StartObject)
                report.Damaged($"'{CoverageReport.Shown(where)}' is {CoverageJson.Shown(json)}; expected is an object of files", json.Line);
            json.ForEachEntry(ReadFile);
        }

        private void ReadFile(string path)
        {
            report.Open(path);
            if (json.Token == JsonTokenType.StartArray)
            {
                CoverageJson.AddLines(json, report, "ignored");
                return;
            }
            var hasLines = false;
            json.ForEachField(field =>
            {
                if (field == "lines")
                {
                    hasLines = json.Token == JsonTokenType.StartArray;
                    CoverageJson.AddLines(json, report, "ignored");
                }
                else if (field == "branches")
                {
                    ReadBranches();
                }
            });
            if (!hasLines)
                report.Damaged($"'{CoverageReport.Shown(path)}' has no list of lines", json.Line);
        }

        private void ReadBranches()
        {
            _branches = [];
            if (json.Token == JsonTokenType.StartArray)
                json.ForEachItem(branch => Count(branch["start_line"].SourceLine, branch["coverage"]));
            else
                json.ForEachField(condition => json.ForEachField(branch => Count(LineOf(condition), json.Value())));
            foreach (var (line, (count, taken)) in _branches)
                report.AddBranches(line, count, taken, json.Line);
        }

        private void Count(int? line, JsonData count)
        {
            if (count.Text == "ignored")
                return;
            if (line is not { } at || CoverageJson.IsHit(count.Number) is not { } isTaken)
            {
                report.Damaged("a branch has no line or no count", json.Line);
                return;
            }
            var (branches, taken) = _branches.GetValueOrDefault(at);
            _branches[at] = (branches + 1, taken + (isTaken ? 1 : 0));
        }

        // [:if, 0, 3, 4, 5, 6]: the kind, a number, then line and column where it begins.
        private static int? LineOf(string condition) =>
            condition.Split(',') is [_, _, var line, ..] ? Numbers.Line(line.Trim()) : null;
    }
}
