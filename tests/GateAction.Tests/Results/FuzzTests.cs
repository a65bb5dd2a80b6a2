namespace GateAction.Tests.Results;

/// <summary>Mutated files of every format: each ends in a result or a problem, and where cases are lost there is a problem.</summary>
internal sealed class FuzzTests
{
    private const int Mutations = 200;

    [TestCaseSource(nameof(Seeds))]
    public void A_mutated_file_ends_in_a_result_or_a_problem(string name, string content)
    {
        var random = new Random(20250101 + name.Length);
        using var folder = new ResultFolder();
        var original = System.Text.Encoding.UTF8.GetBytes(content);
        var whole = Read(folder, original).Counts;
        var silent = new List<string>();

        for (var i = 0; i < Mutations; i++)
        {
            var (mutated, leavesTraces) = Mutate(original, random);
            var read = Read(folder, mutated);
            var hasLost = read.Counts.Total < whole.Total || read.Counts.Failed + read.Counts.Errors < whole.Failed + whole.Errors;
            if (hasLost && leavesTraces && read.Problems.Count == 0)
                silent.Add(System.Text.Encoding.UTF8.GetString(mutated));
        }

        Assert.That(silent, Is.Empty);
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

    private static GateAction.Results.FileTally Read(ResultFolder folder, byte[] content)
    {
        folder.Add("file", content);
        return folder.Read("file");
    }

    private static IEnumerable<TestCaseData> Seeds() => FormatSamples.All.Select(sample => new TestCaseData(sample.Format, sample.Content).SetArgDisplayNames(sample.Format));

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
