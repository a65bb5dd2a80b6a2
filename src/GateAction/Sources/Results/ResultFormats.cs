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
