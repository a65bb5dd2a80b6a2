using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>What <c>pytest --junitxml</c> writes here and now.</summary>
internal sealed class PytestProducerTests : InResultFolder
{
    private const string Tests = """
        import pytest
        def test_pass(): pass
        def test_fail(): assert 1 == 2
        @pytest.fixture
        def broken(): raise RuntimeError("set-up")
        def test_setup(broken): pass
        @pytest.fixture
        def late():
            yield
            raise RuntimeError("tear-down")
        def test_teardown(late): pass
        def test_fail_and_teardown(late): assert 0
        def test_skip(): pytest.skip("later")
        @pytest.mark.xfail
        def test_xfail(): assert 0
        @pytest.mark.xfail(strict=True)
        def test_xpass_strict(): pass
        @pytest.mark.xfail
        def test_xpass(): pass
        @pytest.mark.parametrize("x", ["a", "b\x01"])
        def test_param(x): assert x == "a"
        """;

    [TestCase("xunit1")]
    [TestCase("xunit2")]
    public void Every_way_a_test_can_end(string family)
    {
        Folder.Add("test_a.py", Tests);

        var read = Test("-o", $"junit_family={family}");

        Assert.That((read.Counts.Passed, read.Counts.Failed, read.Counts.Errors, read.Counts.Skipped), Is.EqualTo((3L, 4L, 3L, 2L)));
        Assert.That(read.Problems, Is.Empty);
    }

    [Test]
    public void A_module_that_cannot_be_collected()
    {
        Folder.Add("test_a.py", "def test_pass(): pass");
        Folder.Add("test_b.py", "def broken(:");

        var read = Test();

        Assert.That((read.Counts.Passed, read.Counts.Errors), Is.EqualTo((0L, 1L)));
    }

    [Test]
    public void A_tear_down_that_breaks_after_its_test_passed()
    {
        Folder.Add("test_a.py", Tests);

        var read = Test("-k", "test_teardown");

        Assert.That((read.Counts.Total, read.Counts.Errors, read.Worst), Is.EqualTo((1L, 1L, (Severity?)null)));
    }

    private FileTally Test(params string[] arguments)
    {
        Producer.Run(Folder, "pytest", ["-q", "-p", "no:cacheprovider", "--junitxml=out.xml", .. arguments]);
        return Folder.Read("out.xml");
    }
}
