using GateAction.Manifests;

namespace GateAction.Tests.Manifests;

internal sealed class ManifestReaderTests
{
    private static IEnumerable<TestCaseData> Good => ManifestCases.In("ok");

    private static IEnumerable<TestCaseData> Bad => ManifestCases.In("err");

    [TestCaseSource(nameof(Good))]
    public void A_good_manifest_is_read_to_what_it_says(string path)
    {
        var reading = ManifestCases.Read(path);

        Assert.That(reading.Problems, Is.Empty);
        ManifestCases.Compare(path, ManifestDump.Write(reading.Manifest!));
    }

    [TestCaseSource(nameof(Bad))]
    public void A_bad_manifest_is_told_all_its_problems(string path)
    {
        var reading = ManifestCases.Read(path);

        Assert.That(reading.Manifest, Is.Null);
        ManifestCases.Compare(path,
            string.Join("\n", reading.Problems.Select(problem => ProblemText.Format(problem, 120, hasColor: false))));
    }
}
