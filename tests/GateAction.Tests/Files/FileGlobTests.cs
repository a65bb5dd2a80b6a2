using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Tests.Sources;

namespace GateAction.Tests.Files;

internal sealed class FileGlobTests
{
    [TestCase("a{b,c}d", "abd acd")]
    [TestCase("{a,{b,c}}", "a b c")]
    [TestCase("{a,{b,c}/d}/e", "a/e b/d/e c/d/e")]
    [TestCase("{a,b}{c,{d,e}}", "ac ad ae bc bd be")]
    [TestCase("{{a,b},{c,{d,{e,f}}}}", "a b c d e f")]
    [TestCase("a{,b}", "a ab")]
    [TestCase("{a}", "a")]
    [TestCase("a{b", "a{b")]
    [TestCase("a}b", "a}b")]
    [TestCase("{a,b", "{a,b")]
    [TestCase("x{y{a,b}", "x{ya x{yb")]
    public void Braces_stand_for_each_of_their_choices(string pattern, string expanded)
    {
        var glob = new FileGlob(pattern);

        Assert.That(expanded.Split(' ').Where(path => !glob.IsMatch(path)), Is.Empty);
        Assert.That(new[] { "", "d", "x", pattern + "x", "{b", "b}", "{c" }.Except(expanded.Split(' ')).Where(glob.IsMatch), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(256)]
    [TestCase(257)]
    [TestCase(1000)]
    [TestCase(9999)]
    public void Not_one_of_many_alternatives_is_lost(int count)
    {
        var glob = new FileGlob($"logs/{{{string.Join(',', Enumerable.Range(0, count).Select(number => $"s{number}"))}}}/*.log");

        var looked = Enumerable.Range(0, count).Where(number => number < 300 || number % 97 == 0 || number > count - 300);
        Assert.That(looked.Where(number => !glob.IsMatch($"logs/s{number}/app.log")), Is.Empty);
        Assert.That(glob.IsMatch($"logs/s{count}/app.log"), Is.False);
    }

    [Test]
    public void More_alternatives_than_can_be_kept_are_refused_in_a_sentence()
    {
        var pattern = string.Concat(Enumerable.Repeat("{a,b,c,d}", 60));

        Assert.That(() => new FileGlob(pattern), Throws.TypeOf<GateException>().With.Message.Contains("more than 10000 patterns"));
        Assert.That(ProbeTesting.ProblemsIn($"log-file: '{pattern}'").Single(), Does.Contain("stand for more than 10000 patterns"));
    }

    [Test]
    public void More_files_than_any_run_writes_are_not_listed_but_told()
    {
        var folder = Directory.CreateTempSubdirectory("gate-many-").FullName;
        try
        {
            foreach (var number in Enumerable.Range(0, 30))
                File.WriteAllText(Path.Combine(folder, $"{number}.xml"), "");

            var found = FileSearch.Search(folder, ["*.xml"], most: 29);

            Assert.That(found.WhyNone(["*.xml"]),
                Is.EqualTo("more than 29 files match '*.xml': name the folder that they lie in, or fewer of them"));
            Assert.That(FileSearch.Search(folder, ["*.xml"], most: 30).Files, Has.Count.EqualTo(30));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
