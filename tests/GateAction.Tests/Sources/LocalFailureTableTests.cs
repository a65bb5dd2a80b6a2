using GateAction.Core.Model;
using GateAction.Sources;

namespace GateAction.Tests.Sources;

/// <summary>
/// The ways in which what lies on this machine can be missing or wrong, for every kind that reads files, runs programs or asks the
/// resolver: none of them is a clean measurement without a word.
/// </summary>
internal sealed class LocalFailureTableTests
{
    private static readonly (string Kind, string[] Faults)[] Kinds =
    [
        ("dns", ["{ dns: a.example.com, server: '127.0.0.1:1' }", "{ dns: a.example.com, server: ns }",
            "{ dns: a.invalid, type: A, server: '127.0.0.1:1' }"]),
        ("file", ["{ file: nothing }", "{ file: folder }", "{ file: bytes }", "{ file: empty }", "{ file: text }"]),
        ("command", ["{ command: [no-such-program] }", "{ command: [./text] }", "{ command: [sh, -c, 'exit 3'] }",
            "{ command: [sleep, '9'] }"]),
        ("git", ["{ git: . }", "{ git: nothing }", "{ git: text }"]),
        ("log-file", ["{ log-file: nothing }", "{ log-file: folder/* }", "{ log-file: empty }", "{ log-file: bytes }",
            "{ log-file: text }", "{ log-file: folder }", "{ log-file: [text, nothing] }", "{ log-file: ['*', '!*'] }",
            "{ log-file: log, since: '2030-01-01T00:00:00Z' }", "{ log-file: text, since: '2020-01-01T00:00:00Z' }",
            "{ log-file: log, min-lines: 9 }", "{ log-file: [log, text] }", "{ log-file: long }"]),
        ("results", ["{ files: nothing }", "{ files: [text, nothing] }", "{ files: empty }", "{ files: bytes }", "{ files: text }",
            "{ files: cut.xml }"]),
        ("coverage", ["{ files: nothing }", "{ files: [text, nothing] }", "{ files: empty }", "{ files: bytes }", "{ files: text }",
            "{ files: cut.xml }"]),
    ];

    public static IEnumerable<string> KindsInTable => Kinds.Select(kind => kind.Kind);

    private static IEnumerable<TestCaseData> Cells => Kinds.SelectMany(kind => kind.Faults.Select(fault =>
        new TestCaseData(kind.Kind, fault).SetName($"{kind.Kind} | {fault}".Replace('.', '·'))));

    private readonly string _folder = Directory.CreateTempSubdirectory("gate-local-").FullName;

    [OneTimeSetUp]
    public void Fill()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        File.WriteAllText(Path.Combine(_folder, "empty"), "");
        File.WriteAllText(Path.Combine(_folder, "text"), "what nobody can make anything of\n");
        File.WriteAllText(Path.Combine(_folder, "log"), "2027-03-31T08:00:00Z INFO up\n2027-03-31T08:00:01Z ERROR down\n");
        File.WriteAllText(Path.Combine(_folder, "long"), $"INFO up\nINFO {new string('x', 2_000_000)}\n");
        File.WriteAllBytes(Path.Combine(_folder, "bytes"), [0x1f, 0x8b, 0, 0, 0xff, 0xfe, 0, 0]);
        File.WriteAllText(Path.Combine(_folder, "cut.xml"), "<testsuites><testsuite name='s'><testcase name='a'/>");
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Cells))]
    public async Task Nothing_that_is_missing_or_wrong_is_measured_without_a_word(string kind, string yaml)
    {
        var source = ProbeTesting.SourceOf("source", yaml, kind: SourceKinds.All.Single(known => known.Name == kind),
            more: Impatient(kind));

        var measured = (await ProbeTesting.CollectAsync([source], directory: _folder)).Measurements["source"];

        Assert.That(measured.Reason, Is.Not.Null.And.Not.Empty, $"{measured.Outcome}: {measured.Facts}");
        Assert.That(measured.Reason, Does.Not.Contain("bug"));
        if (measured.Outcome == Outcome.Unknown)
            Assert.That(measured.Facts.AsMap.Entries, kind == "log-file" ? Is.Not.Null : Is.Empty);
    }

    private static string Impatient(string kind) => kind is "results" or "coverage" ? "" : ", attempts: 1, timeout: 1s";
}
