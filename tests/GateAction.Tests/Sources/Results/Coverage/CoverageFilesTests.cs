using GateAction.Core.Model;

namespace GateAction.Tests.Sources.Results.Coverage;

/// <summary>Which file a report means.</summary>
internal sealed class CoverageFilesTests
{
    // Two runs of one file of four lines: the first hits 1 and 2, the second 3 and 4.
    private static string Lcov(string path, int run) =>
        $"SF:{path}\n{string.Concat(Enumerable.Range(1, 4).Select(line => $"DA:{line},{((line - 1) / 2 == run ? 1 : 0)}\n"))}"
        + "end_of_record\n";

    private static string Cobertura(string source, string path, int run) =>
        $"<coverage line-rate='0.5'><sources><source>{source}</source></sources><packages><package><classes><class "
        + $"filename='{path}'><lines>"
        + string.Concat(Enumerable.Range(1, 4).Select(line => $"<line number='{line}' hits='{((line - 1) / 2 == run ? 1 : 0)}'/>"))
        + "</lines></class></classes></package></packages></coverage>";

    private static string JaCoCo(string module, int run) =>
        $"<report name='{module}'><package name='org/shop'><sourcefile name='Config.java'>"
        + string.Concat(Enumerable.Range(1, 4).Select(line => $"<line nr='{line}' ci='{((line - 1) / 2 == run ? 1 : 0)}'/>"))
        + "</sourcefile></package></report>";

    [Test]
    public async Task A_path_is_of_the_file_beside_its_report()
    {
        using var folder = new CoverageFolder();

        await folder.Add("packages/a/src/index.js").Add("packages/b/src/index.js")
            .Add("packages/a/coverage/a.report", Lcov("src/index.js", 0)).Add("packages/b/b.report", Lcov("src/index.js", 1))
            .AssertAsync(2, 4, 8);
    }

    [Test]
    public async Task A_path_that_leads_out_of_the_reports_folder_is_followed()
    {
        using var folder = new CoverageFolder();

        await folder.Add("lib/index.js").Add("out/a/a.report", Lcov("../../lib/index.js", 0))
            .Add("b.report", Lcov("./lib/x/../index.js", 1)).AssertAsync(1, 4, 4);
    }

    [TestCase("/home/runner/work/shop/shop/src/a.cs", @"D:\a\shop\shop\src\a.cs")]
    [TestCase("/home/runner/work/shop/shop/src/a.cs", "/Users/runner/work/shop/shop/src/a.cs")]
    [TestCase("/__w/shop/shop/src/a.cs", "/github/workspace/src/a.cs")]
    [TestCase("/home/vsts/work/1/s/src/a.cs", @"d:\a\1\s\src\a.cs")]
    [TestCase("file:///home/runner/work/shop/shop/src/a.cs", "/opt/runner/_work/shop/shop/src/a.cs")]
    public async Task One_file_of_two_hosted_runners_is_one_without_its_sources(string first, string second)
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", Lcov(first, 0)).Add("b.report", Lcov(second, 1)).AssertAsync(1, 4, 4);
    }

    [TestCase("/build/one/src/a.cs", "/build/two/src/a.cs")]
    [TestCase("/build/src/a.cs", @"C:\agent\src\a.cs")]
    [TestCase("/build/src/a.cs", "https://raw.example.com/acme/shop/0123/src/a.cs")]
    [TestCase("/build/src/a.cs", "src/a.cs")]
    [TestCase("c:/x/src/a.cs", @"C:\x\src\a.cs")]
    public async Task One_file_of_two_machines_is_one_where_it_is_checked_out(string first, string second)
    {
        using var folder = new CoverageFolder();

        await folder.Add("src/a.cs").Add("a.report", Lcov(first, 0)).Add("b.report", Lcov(second, 1)).AssertAsync(1, 4, 4);
    }

    [Test]
    public async Task Two_folders_are_two_files_without_their_sources()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", Lcov("/build/a/main.py", 0)).Add("b.report", Lcov("/build/b/main.py", 1)).AssertAsync(2, 4, 8);
    }

    [Test]
    public async Task Two_paths_of_one_report_that_end_alike_are_two_files()
    {
        using var folder = new CoverageFolder();

        await folder.Add("main.py").Add("a.report", Lcov("/build/a/main.py", 0) + Lcov("/build/b/main.py", 1)).AssertAsync(2, 4, 8);
    }

    [Test]
    public async Task A_relative_path_of_two_reports_that_leads_to_no_file_is_not_clean_and_shown_as_two()
    {
        using var folder = new CoverageFolder();

        var measured = await folder.Add("a/a.report", Lcov("src/index.js", 0)).Add("b/b.report", Lcov("src/index.js", 1)).MeasureAsync();

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason,
            Does.StartWith(
            "not clean: 'src/index.js' stands in a/a.report and in b/b.report and leads to no file here, so it may be one file or two: "
            + "check the sources out"));
        Assert.That(ResultFolder.Fact(measured, "lines_total"), Is.EqualTo(8));
    }

    [Test]
    public async Task A_relative_path_that_stands_twice_in_one_report_and_leads_to_no_file_is_not_clean()
    {
        var measured = await CoverageFolder.MeasureTextAsync(Lcov("src/index.js", 0) + Lcov("src/index.js", 1));

        Assert.That(measured.Reason, Does.StartWith("not clean: 'src/index.js' stands twice in a.report and leads to no file here"));
    }

    [Test]
    public async Task Each_test_of_a_tracefile_may_name_a_file_once_more()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", $"TN:unit\n{Lcov("src/a.c", 0)}TN:slow\n{Lcov("src/a.c", 1)}").AssertAsync(1, 4, 4);
    }

    [Test]
    public async Task A_root_says_which_file_a_relative_path_means()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a/a.report", Lcov("src/index.js", 0)).Add("b/b.report", Lcov("src/index.js", 1))
            .AssertAsync(1, 4, 4, root: "web");
    }

    [TestCase("/w/a/src", "/w/b/src", 2)]
    [TestCase("/w/a/src", "/w/a/src/", 1)]
    [TestCase("/home/runner/work/shop/shop/src", @"D:\a\shop\shop\src", 1)]
    public async Task A_source_is_part_of_the_name(string first, string second, int files)
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", Cobertura(first, "main.py", 0)).Add("b.report", Cobertura(second, "main.py", 1))
            .AssertAsync(files, 4, files * 4);
    }

    [Test]
    public async Task A_relative_source_starts_from_the_report()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a/src/main.py").Add("b/src/main.py").Add("a/a.report", Cobertura("src", "main.py", 0))
            .Add("b/b.report", Cobertura("./src", "main.py", 1)).AssertAsync(2, 4, 8);
    }

    [TestCase("orders", "stock", 2)]
    [TestCase("orders", "orders", 1)]
    public async Task The_module_is_part_of_the_name(string first, string second, int files)
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", JaCoCo(first, 0)).Add("b.report", JaCoCo(second, 1)).AssertAsync(files, 4, files * 4);
    }

    [Test]
    public async Task A_package_is_found_below_its_module()
    {
        using var folder = new CoverageFolder();

        await folder.Add("orders/src/main/java/org/shop/Config.java").Add("stock/src/main/java/org/shop/Config.java")
            .Add("orders/target/a.report", JaCoCo("JaCoCo Coverage Report", 0))
            .Add("stock/target/b.report", JaCoCo("JaCoCo Coverage Report", 1)).Add("out/all.report", JaCoCo("stock", 0))
            .AssertAsync(2, 6, 8);
    }

    [Test]
    public async Task Modules_without_a_name_and_without_sources_cannot_be_told_apart()
    {
        using var folder = new CoverageFolder();

        var measured = await folder.Add("a.report", JaCoCo("JaCoCo Coverage Report", 0))
            .Add("b.report", JaCoCo("JaCoCo Coverage Report", 1)).MeasureAsync();

        Assert.That(measured.Reason, Does.StartWith("not clean: 'org/shop/Config.java' stands in a.report and in b.report"));
    }

    [Test]
    public async Task Windows_and_other_paths_that_may_be_one_file_are_not_clean()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", Lcov("/opt/shop/src/a.cs", 0)).Add("b.report", Lcov(@"C:\shop\src\A.cs", 1))
            .AssertUncleanAsync(
            "'C:/shop/src/A.cs' and '/opt/shop/src/a.cs' are one file of two systems, or two files: this cannot be told without the "
            + "sources; check them out where the gate runs");
    }

    [Test]
    public async Task A_go_package_has_one_name_everywhere()
    {
        using var folder = new CoverageFolder();

        await folder.Add("pkg/a.go")
            .Add("x/a.report", "mode: set\nexample.com/shop/pkg/a.go:1.1,2.2 1 1\nexample.com/shop/pkg/a.go:3.1,4.2 1 0\n")
            .Add("y/b.report", "mode: count\nexample.com/shop/pkg/a.go:3.1,4.2 1 5\n").Add("c.report", Lcov("pkg/a.go", 0))
            .AssertAsync(1, 4, 4);
    }
}
