using GateAction.Core.Model;
using GateAction.Sources.Results.Locations;

namespace GateAction.Tests.Sources.Results.Locations;

internal sealed class StackTraceTests
{
    [TestCase("   at N.FooTests.Bar() in /home/runner/work/r/r/tests/FooTests.cs:line 42", "/home/runner/work/r/r/tests/FooTests.cs", 42)]
    [TestCase("   at N.FooTests.Bar() in C:\\a\\tests\\FooTests.cs:line 7", "C:\\a\\tests\\FooTests.cs", 7)]
    [TestCase("\tat com.example.FooTest.bar(FooTest.java:12)", "com/example/FooTest.java", 12)]
    [TestCase("\tat app//com.example.FooTest$Inner.bar(FooTest.kt:3)", "com/example/FooTest.kt", 3)]
    [TestCase("  File \"/srv/tests/test_foo.py\", line 9, in test_x", "/srv/tests/test_foo.py", 9)]
    [TestCase("tests/test_foo.py:31: AssertionError", "tests/test_foo.py", 31)]
    [TestCase("    at Object.<anonymous> (/app/src/foo.test.ts:15:29)", "/app/src/foo.test.ts", 15)]
    [TestCase("    at file:///app/foo.test.mjs:4:9", "/app/foo.test.mjs", 4)]
    [TestCase("    foo_test.go:11: got 1", "foo_test.go", 11)]
    [TestCase("tests/main.cpp:58: error: check_eq(1, 2)", "tests/main.cpp", 58)]
    [TestCase("./spec/a_spec.rb:17:in 'block'", "./spec/a_spec.rb", 17)]
    public void A_frame_is_found(string line, string path, int number) =>
        Assert.That(StackTrace.Frames($"Some message\n{line}\n").Single(), Is.EqualTo(new StackFrame(path, number)));

    [Test]
    public void A_failure_lies_in_the_first_frame_of_a_file_of_the_repository()
    {
        using var folder = new ResultFolder();
        folder.Add("src/test/java/com/example/FooTest.java", "");
        folder.Add("src/test/java/com/other/FooTest.java", "");
        var test = new TestCase("bar", "FooTest", TestOutcome.Failed)
        {
            Details = "\tat org.junit.Assert.fail(Assert.java:1)\n\tat com.example.FooTest.bar(FooTest.java:12)",
        };

        var frame = new Locator(new RepositoryFiles(folder.Path)).Locate(test);

        Assert.That(frame, Is.EqualTo(new StackFrame("src/test/java/com/example/FooTest.java", 12)));
    }

    [Test]
    public void What_the_producer_wrote_is_mapped_to_the_repository_and_gets_its_line_from_the_trace()
    {
        using var folder = new ResultFolder();
        folder.Add("tests/test_foo.py", "");
        var test = new TestCase("x", "s", TestOutcome.Failed)
        { File = "/home/runner/work/r/r/tests/test_foo.py", Details = "tests/test_foo.py:31: AssertionError" };

        Assert.That(new Locator(new RepositoryFiles(folder.Path)).Locate(test), Is.EqualTo(new StackFrame("tests/test_foo.py", 31)));
    }
}
