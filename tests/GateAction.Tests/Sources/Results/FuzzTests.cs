namespace GateAction.Tests.Sources.Results;

/// <summary>Mutated files of every format: each ends in a result or a problem, and where cases are lost there is a problem.</summary>
internal sealed class FuzzTests
{
    private const int Mutations = 200;

    [TestCaseSource(nameof(Seeds))]
    public void A_mutated_file_ends_in_a_result_or_a_problem(string name, string content)
    {
        using var folder = new ResultFolder();

        var silent = Losses(folder, System.Text.Encoding.UTF8.GetBytes(content), new Random(20250101 + name.Length), Mutations);

        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void Real_files_mutated()
    {
        using var folder = new ResultFolder();
        var random = new Random(20250102);
        var files = Directory.GetFiles(TestFiles.Shared("corpus/junit"), "*", SearchOption.AllDirectories);

        var silent = files.SelectMany(file => Losses(folder, File.ReadAllBytes(file), random, 20));

        Assert.That(silent, Is.Empty);
    }

    /// <summary>For minutes, over the samples, the corpus and every file below the folder <c>GATE_FUZZ_FILES</c> names;
    /// <c>GATE_FUZZ_ROUNDS</c> says how often.</summary>
    [Test, Explicit("takes minutes")]
    public void Every_file_mutated_many_times()
    {
        using var folder = new ResultFolder();
        var rounds = int.Parse(Environment.GetEnvironmentVariable("GATE_FUZZ_ROUNDS") ?? "20");
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("GATE_FUZZ_SEED") ?? "1"));
        var folders = new[]
            { Environment.GetEnvironmentVariable("GATE_FUZZ_FILES"),
            Path.Combine(TestFiles.Repository, "..", "shared", "corpus", "junit") };
        var files = folders.Where(Directory.Exists).SelectMany(path => Directory.GetFiles(path!, "*", SearchOption.AllDirectories))
            .Where(file => new FileInfo(file).Length < 200_000).Select(File.ReadAllBytes);
        var seeds = FormatSamples.All.Select(sample => System.Text.Encoding.UTF8.GetBytes(sample.Content)).Concat(files).ToArray();

        var silent = Enumerable.Range(0, rounds).SelectMany(_ => seeds.SelectMany(seed => Losses(folder, seed, random, 10))).ToArray();

        Assert.That(silent, Is.Empty);
        Assert.Pass($"{rounds * seeds.Length * 10L:N0} mutated files of {seeds.Length} seeds");
    }

    // Mutations that lost cases or failures without a word, each as what was read before and after.
    private static List<string> Losses(ResultFolder folder, byte[] original, Random random, int mutations)
    {
        var silent = new List<string>();
        var whole = Read(folder, original);
        if (original.Length == 0 || whole.Format is null)
            return silent;
        for (var i = 0; i < mutations; i++)
        {
            var (mutated, leavesTraces) = Mutate(original, random);
            var read = Read(folder, mutated);
            var hasLost = read.Counts.Total < whole.Counts.Total
                || read.Counts.Failed + read.Counts.Errors < whole.Counts.Failed + whole.Counts.Errors;
            if (hasLost && leavesTraces && read.Problems.Count == 0)
                silent.Add($"{whole.Format}: {whole.Counts} became {read.Counts} at {FirstDifference(original, mutated)}");
        }
        return silent;
    }

    private static string FirstDifference(byte[] original, byte[] mutated)
    {
        var at = original.AsSpan().CommonPrefixLength(mutated);
        var from = Math.Max(at - 60, 0);
        return System.Text.Encoding.UTF8.GetString(mutated.AsSpan(from, Math.Min(120, mutated.Length - from)));
    }

    [TestCaseSource(nameof(Seeds))]
    public void A_cut_file_has_a_problem_wherever_it_is_cut(string name, string content)
    {
        using var folder = new ResultFolder();
        var original = System.Text.Encoding.UTF8.GetBytes(content.TrimEnd());
        var whole = Read(folder, original).Counts;
        var silent = new List<int>();

        for (var length = 0; length < original.Length; length += 1 + (original.Length / 100))
        {
            var read = Read(folder, original[..length]);
            if (read.Counts.Total < whole.Total && read.Problems.Count == 0)
                silent.Add(length);
        }

        Assert.That(silent, Is.Empty, name);
    }

    private static GateAction.Sources.Results.FileTally Read(ResultFolder folder, byte[] content)
    {
        folder.Add("file", content);
        return folder.Read("file");
    }

    private static IEnumerable<TestCaseData> Seeds() =>
        FormatSamples.All.Select(sample => new TestCaseData(sample.Format, sample.Content).SetArgDisplayNames(sample.Format));

    // A block taken out of the middle can be a whole test of a stream that counts nothing: then nobody can miss it.
    private static (byte[] Bytes, bool LeavesTraces) Mutate(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        switch (random.Next(4))
        {
            case 0:
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return (bytes, true);
            case 1:
                return (bytes[..random.Next(bytes.Length)], true);
            case 2:
                var (from, length) = Block(bytes, random);
                return ([.. bytes[..from], .. bytes[from..(from + length)], .. bytes[from..]], true);
            default:
                var (start, count) = Block(bytes, random);
                return ([.. bytes[..start], .. bytes[(start + count)..]], false);
        }
    }

    private static (int From, int Length) Block(byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length);
        return (from, random.Next(bytes.Length - from));
    }
}
