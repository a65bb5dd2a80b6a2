namespace GateAction.Sources.Results.Coverage;

/// <summary>Every format of coverage; the first that recognises a file reads it.</summary>
internal static class CoverageFormats
{
    public static IReadOnlyList<CoverageFormat> All { get; } =
    [
        Cobertura.Format,
        Clover.Format,
        SonarGeneric.Format,
        OpenCover.Format,
        JaCoCo.Format,
        Lcov.Format,
        GoCover.Format,
        SimpleCov.Format,
        LlvmCov.Format,
        CoveragePy.Format,
        Istanbul.Format,
    ];
}
