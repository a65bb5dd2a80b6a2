using System.Text.Json;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// <c>go test -json</c> (go doc test2json): one event a line. Every test with an end is a case, subtests and their parents alike; a test or
/// package without an end is an error.
/// </summary>
internal static class GoTest
{
    private static readonly string[] Actions =
        ["start", "run", "pause", "cont", "pass", "bench", "fail", "output", "skip", "build-output", "build-fail", "attr", "artifacts"];

    public static ResultFormat Format { get; } = new(
        "go-test",
        "go test -json",
        head => IsEvent(head.Text),
        Read,
        new StateTable(
            "Action",
            new("pass", TestOutcome.Passed),
            new("bench", TestOutcome.Passed),
            new("fail", TestOutcome.Failed),
            new("skip", TestOutcome.Skipped),
            new("run without an end", TestOutcome.Error, "but passed where the test around it passed, and skipped nowhere")));

    private static void Read(ResultSource source, FileTally tally)
    {
        using var stream = source.OpenUtf8();
        var lines = new Utf8Lines(stream);
        var run = new GoRun(tally);
        while (lines.Read())
            ReadLine(lines, run, tally);
        run.Finish(lines.Number);
    }

    private static void ReadLine(Utf8Lines lines, GoRun run, FileTally tally)
    {
        var line = lines.Current.AsSpan().Trim((byte)' ');
        if (line.IsEmpty)
            return;
        if (line[0] == '{')
        {
            try
            {
                var data = GoEvent.Parse(line);
                // What a later Go calls an end could be among those that are not known.
                if (Actions.Contains(data.Action))
                    run.Add(data, lines.Number);
                else
                    tally.Add(Severity.Error, $"Action '{data.Action}' is not one of {string.Join(", ", Actions)}", lines.Number);
            }
            // Utf8JsonReader throws the second for a value of another type, and the third for a number that no double holds.
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                tally.Add(Severity.Error, $"a line breaks off or is damaged: {Show(line)}", lines.Number);
            }
            return;
        }
        // Before Go 1.24 a package that does not build says so in plain text.
        var isFailure = line.StartsWith("FAIL"u8) || line.StartsWith("panic:"u8) || line.StartsWith("fatal error:"u8)
            || line.StartsWith("exit status"u8) || line.StartsWith("signal:"u8);
        var (severity, what) = isFailure
            ? (Severity.Error, "a package failed outside of its tests")
            : (Severity.Warning, "a line is no event");
        tally.Add(severity, $"{what}: {Show(line)}", lines.Number);
    }

    private static string Show(ReadOnlySpan<byte> line) =>
        Printable.Of(System.Text.Encoding.UTF8.GetString(line[..Math.Min(line.Length, 120)]));

    // With 2>&1 lines such as 'go: downloading …' stand before the first event.
    private static bool IsEvent(string text) =>
        text.AsSpan().TrimStart().Length > 0 && text.Split('\n', 200).Any(line => IsEventLine(line.AsSpan().Trim()));

    // The last line of the head may be cut.
    private static bool IsEventLine(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("{") || !line.Contains("\"Action\"", StringComparison.Ordinal))
            return false;
        var keys = FileHead.Of(line.ToString()).Keys;
        return keys.Contains("Action")
            && (keys.Contains("Package") || keys.Contains("ImportPath") || keys.Contains("Test") || keys.Contains("Output"));
    }
}

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
            // Forgotten, not only closed: 'gotestsum --rerun-fails' lets a package begin once more in the same stream.
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

/// <summary>One line of <c>go test -json</c>.</summary>
/// <param name="Test">Null for an event of the package.</param>
internal readonly record struct GoEvent(string Action, string Package, string? Test, string? Output, double? Elapsed)
{
    public static GoEvent Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var found = new GoEvent("", "", null, null, null);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("no object");
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            found = found.With(ref reader, ref known);
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException("the object breaks off");
        return found;
    }

    private GoEvent With(ref Utf8JsonReader reader, ref int known)
    {
        var name = reader.GetString();
        var bit = name switch { "Action" => 1, "Package" => 2, "ImportPath" => 4, "Test" => 8, "Output" => 16, _ => 0 };
        if ((known & bit) != 0)
            // RFC 8259, section 4: what a reader takes of two is not defined. Of "fail" and "pass" it could be the better one.
            throw new JsonException("a key stands twice");
        known |= bit;
        reader.Read();
        switch (name)
        {
            case "Action":
                return this with { Action = reader.GetString() ?? "" };
            // Events of the build (go help buildjson) name the package by 'ImportPath', those of tests (go doc test2json) by 'Package'.
            case "Package" or "ImportPath":
                return this with { Package = reader.GetString() ?? "" };
            case "Test":
                return this with { Test = Text.Cut(reader.GetString(), ResultLimits.Name) };
            case "Output":
                return this with { Output = reader.GetString() };
            case "Elapsed":
                return this with { Elapsed = reader.GetDouble() };
            default:
                reader.Skip();
                return this;
        }
    }
}
