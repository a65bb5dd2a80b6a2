using GateAction.Sources.Results.Formats;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>Every format of test results; the first that recognises a file reads it.</summary>
internal static class ResultFormats
{
    public static IReadOnlyList<ResultFormat> All { get; } =
    [
        JUnitXml.Format,
        Trx.Format,
        NUnit3.Format,
        NUnit2.Format,
        XUnit.Format,
        TestNg.Format,
        RobotXml.Format,
        Ctrf.Format,
        DartJson.Format,
        GoTest.Format,
        JestJson.Format,
        PlaywrightJson.Format,
        CucumberJson.Format,
        GoogleTestJson.Format,
        RSpecJson.Format,
        Mochawesome.Format,
        MochaJson.Format,
        Tap.Format,
    ];

    public static ResultFormat? Find(FileHead head) => All.FirstOrDefault(format => format.Recognises(head));
}

/// <summary>One file format of test results.</summary>
/// <param name="Name">As <c>gate results --json</c> names it.</param>
/// <param name="Recognises">Looks at the root element or the first value and line, never at the file's name.</param>
/// <param name="Read">Streams the cases into the tally. What it throws for malformed input ends the file with a problem at the reader's
/// position.</param>
/// <param name="States">Every state the format knows and what it counts as: the reader's own table.</param>
internal sealed record ResultFormat(
    string Name,
    string Title,
    Func<FileHead, bool> Recognises,
    Action<ResultSource, FileTally> Read,
    StateTable States)
{
    /// <summary>A second table, where the format tells a state in two ways.</summary>
    public StateTable? Words { get; init; }
}
