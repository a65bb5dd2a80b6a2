using System.Text;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// Walks the lines of one TAP document. Subtests are indented by four spaces, the kernel's by two, and end with the point they belong to,
/// or stand in braces after it (node-tap's buffered ones).
/// </summary>
internal sealed class TapReader(FileTally tally)
{
    private readonly List<TapLevel> _levels = [new()];
    private readonly StringBuilder _yaml = new();
    private TapCase? _last;
    private int _yamlIndent = -1;
    private int _unit = 4;
    private TapRemark? _remark;
    private bool _isAfterPoint;

    public void Add(string line, int number)
    {
        // Within a block nothing is a test point, whatever it looks like: a message may hold the output of another TAP producer.
        if (_yamlIndent >= 0)
        {
            AddYaml(line);
            return;
        }
        var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
        var text = line[indent..].TrimEnd();
        var isAfterPoint = _isAfterPoint;
        _isAfterPoint = false;
        // Only on the line behind a point: anywhere else '---' is what a test printed, and all that follows would be taken for YAML.
        if (text == "---" && isAfterPoint)
            _yamlIndent = indent;
        else if (text.StartsWith("TAP version", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("KTAP version", StringComparison.Ordinal))
            ReadVersion(text, indent, number);
        // One that is indented is of subtests, whose points and plan are held against each other anyway.
        else if (indent == 0 && text.StartsWith('#'))
            _remark = TapRemark.Parse(text, number) ?? _remark;
        else if (text.StartsWith("Bail out!", StringComparison.OrdinalIgnoreCase))
            tally.Add(Severity.Error, $"the run bailed out: {Text.Cut(text["Bail out!".Length..].Trim(), 200)}", number);
        else if (TapPlan.Parse(text) is { } plan)
            AddPlan(plan, indent / _unit, number);
        else if (text == "}" && _levels.Count > (indent / _unit) + 1 && _levels[indent / _unit].Braced is not null)
            CloseBraces(indent / _unit, number);
        else if (TapPoint.Parse(text) is { } point)
            AddPoint(point, indent, number);
    }

    public void Finish(int line)
    {
        if (_yamlIndent >= 0)
            tally.Add(Severity.Error, "the file breaks off within a YAML block", line);
        Restart(line);
        if (_remark is { } remark && tally.ReadFailing == 0)
            tally.Add(Severity.Error, $"the run says '{Text.Cut(remark.Text, 100)}' although none of its tests failed", remark.Line);
    }

    // One within a document is that of its subtests.
    private void ReadVersion(string text, int indent, int number)
    {
        if (indent != 0)
            return;
        Restart(number);
        _unit = text.StartsWith('K') ? 2 : 4;
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
            tally.Add(Severity.Error, "the file has a second plan", number);
        level.Plan = plan;
        // '1..0 # SKIP why' is a file that skipped itself whole; without a case nothing would show it.
        if (plan is { Count: 0, SkipReason: not null } && depth == 0)
            tally.Add(new TestCase(plan.SkipReason, "", TestOutcome.Skipped) { FileLine = number });
    }

    private void AddPoint(TapPoint point, int indent, int number)
    {
        if (indent % _unit != 0)
        {
            // What a test prints may begin with 'ok'; with a number it is a point, of which nobody can tell where it belongs.
            if (point.Number is not null)
                tally.Add(Severity.Error, $"a test point is indented by {indent}, and subtests are by {_unit}", number);
            return;
        }
        Flush();
        var depth = indent / _unit;
        var level = LevelAt(depth);
        level.Add(point.Number, tally, number);
        var outcome = Tap.Outcome(point.IsOk, point.Directive);
        if (outcome == TestOutcome.Passed && Unjudged.IsNodeFile(point.Description))
            outcome = TestOutcome.Skipped;
        level.HasFailure |= outcome == TestOutcome.Failed;
        if (point.OpensBraces)
        {
            CloseBelow(depth, number);
            level.Braced = new(point, outcome, number);
            _levels.Add(new());
            return;
        }
        _isAfterPoint = true;
        EndSubtests(depth, new(point, outcome, number), number);
    }

    private void CloseBraces(int depth, int number)
    {
        Flush();
        var level = _levels[depth];
        var around = level.Braced!;
        level.Braced = null;
        EndSubtests(depth, around, number);
    }

    // The point around subtests says something of its own only where it fails and none of them did, or was skipped whole.
    private void EndSubtests(int depth, TapCase around, int number)
    {
        var subtests = _levels.Count > depth + 1 ? _levels[depth + 1] : null;
        CloseBelow(depth, number);
        if (subtests is null || subtests.Points == 0 || (around.Outcome == TestOutcome.Failed && !subtests.HasFailure))
            _last = around;
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
        if (_levels[depth].Braced is not { } open)
            return;
        tally.Add(Severity.Error, $"the subtests of '{Text.Cut(open.Point.Description, 100)}' have no closing brace", line);
        _levels[depth].Braced = null;
    }

    private void Check(TapLevel level, int line)
    {
        if (level.Braced is { } open)
            tally.Add(Severity.Error, $"the subtests of '{Text.Cut(open.Point.Description, 100)}' have no closing brace", line);
        if (level.Plan is null && level.Points > 0)
            tally.Add(Severity.Error, "the file has no plan ('1..N'): nobody can tell whether every test ran", line);
        else if (level.Plan is { } plan && plan.Count != level.Points)
            tally.Add(Severity.Error, $"the plan says {plan.Count} tests, {level.Points} were found", line);
        else if (level.Plan is not null && level.HasGap)
            tally.Add(Severity.Error, $"the numbers of the test points are not those from 1 to {level.Points}", line);
    }

    private void AddYaml(string line)
    {
        if (line.AsSpan().Trim() is "...")
            _yamlIndent = -1;
        else if (_last is not null && _yaml.Length < ResultLimits.Details)
            _yaml.Append(line.AsSpan(Math.Min(_yamlIndent, line.Length))).Append('\n');
    }

    private void Flush()
    {
        if (_last is { } last)
            tally.Add(last.ToTest(Text.Cut(_yaml.ToString(), ResultLimits.Details)));
        _last = null;
        _yaml.Clear();
    }

    private sealed class TapLevel
    {
        private readonly HashSet<int> _ahead = [];
        private int _next = 1;

        public TapPlan? Plan { get; set; }

        public long Points { get; private set; }

        public bool HasFailure { get; set; }

        /// <summary>The point whose subtests in braces are open.</summary>
        public TapCase? Braced { get; set; }

        /// <summary>True where a number below the largest is missing.</summary>
        public bool HasGap => _ahead.Count > 0;

        // In order, as almost all are, a number costs nothing; those that came early are kept until the gap is closed.
        public void Add(int? number, FileTally tally, int line)
        {
            Points++;
            var own = number ?? _next;
            if (own < _next || !_ahead.Add(own))
                tally.Add(Severity.Error, $"test point {own} stands twice", line);
            while (_ahead.Remove(_next))
                _next++;
        }
    }
}
