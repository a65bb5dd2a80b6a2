using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>
/// Which tests a pattern means: <c>*</c> stands for any characters, <c>?</c> for one; <c>name:</c>, <c>class:</c>, <c>file:</c> and
/// <c>tag:</c> say what is compared, without one of them name, full name, class and file are. Case counts.
/// </summary>
internal sealed class Pattern
{
    private static readonly string[] Fields = ["name", "class", "file", "tag"];
    private readonly string _field;
    private readonly string _glob;

    public Pattern(string text)
    {
        Text = text;
        _field = Fields.FirstOrDefault(field => text.StartsWith(field + ":", StringComparison.Ordinal)) ?? "";
        _glob = (_field.Length == 0 ? text : text[(_field.Length + 1)..]).Trim();
    }

    public string Text { get; }

    /// <summary>What is wrong with a pattern; null where nothing is. In file patterns '!' takes out, and it would be taken for that
    /// here.</summary>
    public static string? Objection(string text) => text.StartsWith('!')
        ? $"'{text}' begins with '!', which takes out files and no tests; name under 'exclude' what does not count, or write "
            + $"'name:{text}' for a test of that name"
        : null;

    public bool Matches(TestCase test) => _field switch
    {
        "name" => IsMatch(test.Name) || IsMatch(test.FullName),
        "class" => IsMatch(test.Owner) || IsMatch(test.Suite),
        "file" => IsFile(test.File),
        "tag" => test.Tags.Any(IsMatch),
        _ => IsMatch(test.Name) || IsMatch(test.FullName) || IsMatch(test.Owner) || IsFile(test.File),
    };

    private bool IsFile(string? file)
    {
        if (file is null)
            return false;
        var path = file.Replace('\\', '/');
        return IsMatch(path) || Glob.IsNameMatch($"*/{_glob}", path);
    }

    private bool IsMatch(string text) => Glob.IsNameMatch(_glob, text);
}

/// <summary>Which cases of the files count, and which must be there.</summary>
internal sealed record TestFilter(IReadOnlyList<Pattern> Include, IReadOnlyList<Pattern> Exclude, IReadOnlyList<Pattern> Require)
{
    public static readonly TestFilter All = new([], [], []);

    public bool Accepts(TestCase test) =>
        (Include.Count == 0 || Include.Any(pattern => pattern.Matches(test))) && !Exclude.Any(pattern => pattern.Matches(test));
}
