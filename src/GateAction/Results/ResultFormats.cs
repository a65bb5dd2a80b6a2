using GateAction.Results.Formats;

namespace GateAction.Results;

/// <summary>Every format of test results; the first that recognises a file reads it.</summary>
internal static class ResultFormats
{
    public static IReadOnlyList<ResultFormat> All { get; } =
    [
        JUnitXml.Format,
        Trx.Format,
    ];
}
