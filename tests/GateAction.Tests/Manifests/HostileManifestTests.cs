using System.Text;

namespace GateAction.Tests.Manifests;

/// <summary>Manifests of nearly 256 KiB that are made to cost time or stack.</summary>
internal sealed class HostileManifestTests
{
    private const int Size = 255 * 1024;

    private static IEnumerable<TestCaseData> Texts()
    {
        yield return Of("many unknown fields", "", i => $"f{i}: 1\n");
        yield return Of("many criteria", "version: 1\ncriteria:\n", i => $"  c{i}: x{i} == {i}\n");
        yield return Of("many wrong criteria", "version: 1\ncriteria:\n", i => $"  c{i}: {{ wran: x }}\n");
        yield return Of("many waivers", "version: 1\ncriteria: { a: now == now }\nwaivers:\n", i =>
            $"  - {{ criterion: b{i}, reason: x, expires: 2026-07-01 }}\n");
        yield return Of("a long chain of references", "version: 1\ncriteria: { a: p1.status == 200 }\nprobes:\n", i =>
            $"  p{i}: {{ http: 'https://a.example.com/${{p{i + 1}.json}}' }}\n");
        yield return Of("a fan of references",
            "version: 1\ncriteria: { a: p1.status == 200 }\nprobes:\n  p0: { http: https://a.example.com/ }\n", i =>
            $"  p{i + 1}: {{ http: 'https://a.example.com/${{p0.json}}${{p{i}.json}}' }}\n");
        yield return Of("many anchors", "", i => $"a{i}: &a{i} [x, y]\nb{i}: *a{i}\n");
        yield return Of("one long line", "version: 1\ncriteria: { a: \"", _ => "a && ");
        yield return Of("many quotes", "", _ => "'");
        yield return Of("many colons", "", _ => ": ");
        yield return Of("many question marks", "", _ => "?\n");
        yield return Of("many variables", "version: 1\ntarget: \"", i => "${A" + i + "}");
        yield return Of("many empty lines", "version: 1\ncriteria:\n  a: |\n", _ => "\n");
        yield return Of("many documents", "", _ => "---\n");
    }

    [TestCaseSource(nameof(Texts))]
    public void Reading_it_ends_within_seconds(string text)
    {
        var reading = ManifestCases.Read(Encoding.UTF8.GetBytes(text));

        Assert.That(reading.Manifest is null, Is.EqualTo(reading.Problems.Count > 0));
    }

    private static TestCaseData Of(string name, string head, Func<int, string> part)
    {
        var text = new StringBuilder(head);
        for (var i = 0; text.Length < Size - 200; i++)
            text.Append(part(i));
        return new TestCaseData(text.ToString()).SetArgDisplayNames(name);
    }
}
