using GateAction.Sources.Results.Formats;

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
        Ctrf.Format,
        DartJson.Format,
        GoTest.Format,
        RSpecJson.Format,
        Mochawesome.Format,
        MochaJson.Format,
        Tap.Format,
    ];
}
