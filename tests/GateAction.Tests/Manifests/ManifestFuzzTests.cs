using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace GateAction.Tests.Manifests;

/// <summary>Whatever a manifest holds, reading it ends in a manifest or in problems.</summary>
internal sealed class ManifestFuzzTests
{
    private static readonly string[] Tokens =
    [
        "${", "}", "{", "[", "]", ": ", " #", "- ", "? ", "&a ", "*a", "!!str ", "|\n", ">-\n  ", "'", "\"", "\\", "\t", "\r\n", "\0",
        "\uFEFF", "\uD800", "😀",
        "<<: ", "---\n", "...\n", "%YAML 1.2\n", "null", "~", "1e999", "-1", "99999999999999999999d", "0x", "${a.b}", "${login.json}",
        "version: 1\n", "\u0085", "\u2028",
    ];

    private static readonly string[] Seeds =
        [.. Directory.GetFiles(Path.Combine(ManifestCases.Folder, "ok"), "*.yml").Order().Select(File.ReadAllText)];

    [Test]
    public void Random_bytes_are_read_or_refused() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<byte[]>(bytes => IsAnswered(bytes)));

    [Test]
    public void A_mutated_manifest_is_read_or_refused() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        IsAnswered(Encoding.UTF8.GetBytes(Mutate(new System.Random(seed))))));

    private static bool IsAnswered(byte[] bytes)
    {
        var reading = ManifestCases.Read(bytes);
        return reading.Manifest is null == reading.Problems.Count > 0
            && reading.Problems.All(problem => GateAction.Manifests.ProblemText.Format(problem, 80, hasColor: true).Length > 0);
    }

    private static string Mutate(System.Random random)
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(0, 12), text.Length - at);
            switch (random.Next(3))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, length));
                    break;
                default:
                    text.Insert(at, Tokens[random.Next(Tokens.Length)]);
                    break;
            }
        }
        return text.ToString();
    }
}
