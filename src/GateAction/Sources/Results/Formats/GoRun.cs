namespace GateAction.Sources.Results.Formats;

/// <summary>The packages and tests of a <c>go test</c> run that have not ended yet.</summary>
internal sealed class GoRun(FileTally tally)
{
    private readonly Dictionary<string, GoPackage> _open = new(StringComparer.Ordinal);

    public void Add(GoEvent data, int line)
    {
        if (data.Action.StartsWith("build-", StringComparison.Ordinal))
        {
            if (data.Action == "build-fail")
                tally.Add(Severity.Error, $"package '{data.Package}' does not build", line);
            return;
        }
        if (!_open.TryGetValue(data.Package, out var package))
        {
            tally.Suites++;
            _open[data.Package] = package = new(data.Package, tally);
        }
        if (data.Test is not null)
            package.Add(data, line);
        else if (data.Action is "pass" or "fail" or "skip")
        {
            package.End(data.Action, line);
            _open.Remove(data.Package);
        }
        else if (data.Output is not null)
            package.AddOutput(data.Output);
    }

    public void Finish(int line)
    {
        foreach (var package in _open.Values)
            package.End("", line);
    }
}
