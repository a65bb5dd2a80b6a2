using System.Text;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Walks the lines of one TAP document; subtests are indented by four spaces and end with the point they belong to.</summary>
internal sealed class TapReader(FileTally tally)
{
    private readonly List<TapLevel> _levels = [new()];
    private readonly StringBuilder _yaml = new();
    private TapCase? _last;
    private int _yamlIndent = -1;
    private bool _isAfterPoint;

    public void Add(string line, int number)
    {
        if (_yamlIndent >= 0)
        {
            AddYaml(line);
            return;
        }
        var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
        var text = line[indent..].TrimEnd();
        var isAfterPoint = _isAfterPoint;
        _isAfterPoint = false;
        if (text == "---" && isAfterPoint)
            _yamlIndent = indent;
        else if (indent == 0 && text.StartsWith("TAP version", StringComparison.OrdinalIgnoreCase))
            Restart(number);
        else if (text.StartsWith("Bail out!", StringComparison.OrdinalIgnoreCase))
            tally.Add(Severity.Error, $"the run bailed out: {Text.Cut(text["Bail out!".Length..].Trim(), 200)}", number);
        else if (TapPlan.Parse(text) is { } plan)
            AddPlan(plan, indent / 4, number);
        else if (indent % 4 == 0 && TapPoint.Parse(text) is { } point)
            AddPoint(point, indent / 4, number);
    }

    public void Finish(int line)
    {
        if (_yamlIndent >= 0)
            tally.Add(Severity.Error, "breaks off within a YAML block", line);
        Restart(line);
    }

    // Several documents may stand one after the other in a file.
    private void Restart(int line)
    {
        Flush();
        CloseBelow(0, line);
        Check(_levels[0], line);
        _levels[0] = new();
    }

    private void AddPlan(TapPlan plan, int depth, int number)
    {
        var level = LevelAt(depth);
        if (level.Plan is not null)
            tally.Add(Severity.Error, "has a second plan", number);
        level.Plan = plan;
        if (plan is { Count: 0, SkipReason: not null } && depth == 0)
            tally.Add(Severity.Warning, $"the plan skips everything: {Text.Cut(plan.SkipReason, 200)}", number);
    }

    private void AddPoint(TapPoint point, int depth, int number)
    {
        Flush();
        var level = LevelAt(depth);
        level.Points++;
        var outcome = Tap.Outcome(point.IsOk, point.Directive);
        _isAfterPoint = true;
        var subtests = _levels.Count > depth + 1 ? _levels[depth + 1] : null;
        CloseBelow(depth, number);
        level.HasFailure |= outcome == TestOutcome.Failed;
        // The point around subtests says something of its own only where it fails and none of them did, or was skipped whole.
        if (subtests is null || subtests.Points == 0 || (outcome == TestOutcome.Failed && !subtests.HasFailure))
            _last = new(point, outcome, number);
    }

    private TapLevel LevelAt(int depth)
    {
        Flush();
        while (_levels.Count <= depth)
            _levels.Add(new());
        return _levels[depth];
    }

    private void CloseBelow(int depth, int line)
    {
        while (_levels.Count > depth + 1)
        {
            Check(_levels[^1], line);
            _levels.RemoveAt(_levels.Count - 1);
        }
    }

    private void Check(TapLevel level, int line)
    {
        if (level.Plan is null && level.Points > 0)
            tally.Add(Severity.Error, "has no plan ('1..N'): nobody can tell whether every test ran", line);
        else if (level.Plan is { } plan && plan.Count != level.Points)
            tally.Add(Severity.Error, $"the plan says {plan.Count} tests, {level.Points} were found", line);
    }

    private void AddYaml(string line)
    {
        if (line.AsSpan().Trim() is "...")
            _yamlIndent = -1;
        else if (_last is not null && _yaml.Length < Limits.Details)
            _yaml.Append(line.AsSpan(Math.Min(_yamlIndent, line.Length))).Append('\n');
    }

    private void Flush()
    {
        if (_last is { } last)
            tally.Add(last.ToTest(Text.Cut(_yaml.ToString(), Limits.Details)));
        _last = null;
        _yaml.Clear();
    }

    private sealed class TapLevel
    {
        public TapPlan? Plan { get; set; }

        public long Points { get; set; }

        public bool HasFailure { get; set; }
    }
}
