using System.Text.RegularExpressions;

namespace GateAction.Manifests.Starter;

/// <summary>Which files hold test results: TRX by its name, JUnit XML by its first element.</summary>
internal static partial class ResultFileNames
{
    private const int ReadLimit = 2048;

    public static bool IsOne(string folder, string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".trx" => true,
        ".xml" => FirstElement().IsMatch(TextStart.Read(Path.Combine(folder, file), ReadLimit)),
        _ => false,
    };

    /// <summary>One pattern for them: of one kind in the top folder that all share.</summary>
    public static string PatternFor(IReadOnlyList<string> files)
    {
        var folder = files.Select(file => file.Contains('/') ? file[..(file.IndexOf('/') + 1)] : "").Distinct().ToArray();
        var extensions = files.Select(Path.GetExtension).Distinct().ToArray();
        return $"{(folder.Length == 1 ? folder[0] : "")}**/*{(extensions.Length == 1 ? extensions[0] : ".xml")}";
    }

    [GeneratedRegex(@"\A\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<testsuites?[\s>/]", RegexOptions.Singleline)]
    private static partial Regex FirstElement();
}
