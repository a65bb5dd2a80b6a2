using System.Text;
using System.Text.RegularExpressions;

namespace GateAction.Tests.Docs;

/// <summary>A text that stands in a source file: what is filled in while the program runs is `…`, and texts that are joined are
/// one.</summary>
/// <param name="Call">The name before the parenthesis that the text stands in; empty if it stands in none.</param>
internal sealed record SourceLiteral(string Text, string Call);

/// <summary>Reads the texts of a C# file: regular, verbatim, raw and interpolated ones, and those within the holes of another.</summary>
internal sealed partial class SourceLiterals
{
    private const char Hole = '…';

    private readonly string _source;
    private readonly List<(SourceLiteral Literal, int Start, int End)> _found = [];

    private SourceLiterals(string source) => _source = source;

    public static IReadOnlyList<SourceLiteral> Of(string source)
    {
        var literals = new SourceLiterals(source);
        literals.ReadCode(0, "", stopsAtBrace: false);
        return literals.Joined();
    }

    // Reads up to the end, or to the brace that closes a hole; gives the place after it.
    private int ReadCode(int at, string outer, bool stopsAtBrace)
    {
        var calls = new Stack<string>([outer]);
        var (name, depth) = ("", 0);
        while (at < _source.Length)
        {
            if (Skipped().Match(_source, at) is { Success: true, Length: > 0 } skipped)
            {
                at += skipped.Length;
                continue;
            }
            if (Opening().Match(_source, at) is { Success: true } opening)
            {
                at = ReadText(at, opening, calls.Peek());
                continue;
            }
            if (Name().Match(_source, at) is { Success: true } word)
            {
                (name, at) = (word.Value, at + word.Length);
                continue;
            }
            switch (_source[at])
            {
                case '(':
                    calls.Push(name);
                    break;
                case ')' when calls.Count > 1:
                    calls.Pop();
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when depth-- == 0 && stopsAtBrace:
                    return at + 1;
            }
            at++;
        }
        return at;
    }

    private int ReadText(int start, Match opening, string call)
    {
        var (dollars, quotes) = (opening.Groups["prefix"].Value.Count(letter => letter == '$'), opening.Groups["quotes"].Value);
        var (isVerbatim, isRaw) = (opening.Groups["prefix"].Value.Contains('@'), quotes.Length >= 3);
        var close = isRaw ? quotes : "\"";
        var at = start + opening.Groups["prefix"].Length + close.Length;
        var text = new StringBuilder();
        while (at < _source.Length)
        {
            var braces = isRaw ? dollars : 1;
            if (isVerbatim && string.CompareOrdinal(_source, at, "\"\"", 0, 2) == 0)
            {
                text.Append('"');
                at += 2;
            }
            else if (string.CompareOrdinal(_source, at, close, 0, close.Length) == 0)
            {
                break;
            }
            else if (_source[at] == '\\' && !isVerbatim && !isRaw)
            {
                text.Append(_source[at + 1] is 'n' or 't' or 'r' ? ' ' : _source[at + 1]);
                at += 2;
            }
            else if (dollars > 0 && !isRaw && (string.CompareOrdinal(_source, at, "{{", 0, 2) == 0
                || string.CompareOrdinal(_source, at, "}}", 0, 2) == 0))
            {
                text.Append(_source[at]);
                at += 2;
            }
            else if (dollars > 0 && string.CompareOrdinal(_source, at, new string('{', braces), 0, braces) == 0)
            {
                text.Append(Hole);
                at = ReadCode(at + braces, call, stopsAtBrace: true) + braces - 1;
            }
            else
            {
                text.Append(_source[at++]);
            }
        }
        _found.Add((new(text.ToString(), call), start, at + close.Length));
        return at + close.Length;
    }

    private List<SourceLiteral> Joined()
    {
        var joined = new List<SourceLiteral>();
        var last = -1;
        foreach (var (literal, start, end) in _found.OrderBy(found => found.Start))
        {
            if (last >= 0 && last <= start && Join().IsMatch(_source[last..start]))
                joined[^1] = joined[^1] with { Text = joined[^1].Text + literal.Text };
            else
                joined.Add(literal);
            last = Math.Max(last, end);
        }
        return joined;
    }

    // Comments and characters.
    [GeneratedRegex(@"\G(//[^\n]*|/\*.*?\*/|'(\\.[^']*|[^'\\])')", RegexOptions.Singleline)]
    private static partial Regex Skipped();

    [GeneratedRegex("""\G(?<prefix>[$@]*)(?<quotes>"{3,}|")""")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\G[A-Za-z_]\w*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A\s*\+\s*\z")]
    private static partial Regex Join();
}
