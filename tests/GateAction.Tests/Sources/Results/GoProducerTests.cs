using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>What <c>go test -json</c> writes here and now.</summary>
internal sealed class GoProducerTests
{
    private ResultFolder _folder = null!;

    [SetUp]
    public void CreateModule()
    {
        _folder = new();
        _folder.Add("go.mod", "module example.com/m\n\ngo 1.19\n");
    }

    [TearDown]
    public void DeleteModule() => _folder.Dispose();

    [Test]
    public void Passed_failed_skipped_and_subtests()
    {
        Add("a", """func TestPass(t *testing.T) {}""", """func TestFail(t *testing.T) { t.Error("no") }""",
            """func TestSkip(t *testing.T) { t.Skip("later") }""",
            """func TestSub(t *testing.T) { t.Run("x", func(t *testing.T) {}); t.Run("y", func(t *testing.T) { t.Fatal("sub") }) }""");

        var read = Test("./...");

        Assert.That((read.Counts.Passed, read.Counts.Failed, read.Counts.Skipped, read.Counts.Errors, read.Worst),
            Is.EqualTo((2L, 3L, 1L, 0L, (Severity?)null)));
        Assert.That(read.Failures.Select(test => test.FullName), Has.Some.EqualTo("example.com/m/a.TestSub/y"));
    }

    [Test]
    public void A_package_that_does_not_build_beside_one_that_passes()
    {
        Add("a", "func TestPass(t *testing.T) {}");
        Add("b", "func TestBroken(t *testing.T) { undefined() }");

        var read = Test("./...");

        Assert.That((read.Counts.Passed, read.Worst), Is.EqualTo((1L, Severity.Error)));
        Assert.That(read.Problems.Select(problem => problem.Message), Has.Some.Contains("example.com/m/b"));
    }

    [Test]
    public void A_test_that_panics()
    {
        Add("a", "func TestBefore(t *testing.T) {}", "func TestPanic(t *testing.T) { panic(\"gone\") }", "func TestAfter(t *testing.T) {}");

        var read = Test("./...");

        Assert.That((read.Counts.Passed, read.Counts.Failed + read.Counts.Errors), Is.EqualTo((1L, 1L)));
        Assert.That(read.Failures.Single().Name, Is.EqualTo("TestPanic"));
    }

    [Test]
    public void A_test_that_runs_out_of_time()
    {
        Add("a", "func TestFast(t *testing.T) {}", "func TestSlow(t *testing.T) { select {} }");

        var read = Test("-timeout", "1s", "./...");

        Assert.That((read.Counts.Passed, read.Counts.Failed + read.Counts.Errors), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void A_stream_that_is_cut_off_anywhere_within_its_tests()
    {
        Add("a", "func TestPass(t *testing.T) {}", "func TestFail(t *testing.T) { t.Error(\"no\") }");
        var output = Producer.Run(_folder, "go", "test", "-json", "./...");

        var clean = Enumerable.Range(1, output.TrimEnd().Length - 1)
            .Where(length => ResultFolder.ReadText(output[..length])
            is { Worst: null or Severity.Warning, Counts: { Errors: 0, Failed: 0 } });

        Assert.That(clean, Is.Empty);
    }

    private FileTally Test(params string[] arguments)
    {
        _folder.Add("out.json", Producer.Run(_folder, "go", ["test", "-json", .. arguments]));
        return _folder.Read("out.json");
    }

    private void Add(string package, params string[] functions) =>
        _folder.Add($"{package}/{package}_test.go", $"package {package}\n\nimport \"testing\"\n\n{string.Join('\n', functions)}\n");
}
