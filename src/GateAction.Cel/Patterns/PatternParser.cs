namespace GateAction.Cel.Patterns;

/// <summary>Reads a pattern of RE2 (https://github.com/google/re2/wiki/Syntax). Throws <see cref="FormatException"/>.</summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 200;
    private const string NotAPattern = "not a regular expression: ";
    private readonly PatternText _text;
    private bool _ignoresCase;
    private bool _isDotAll;
    private bool _isMultiline;

    private PatternParser(string pattern) => _text = new PatternText(pattern);

    public static PatternNode Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        var node = parser.ReadEither(0);
        return parser._text.IsAtEnd ? node : throw new FormatException($"{NotAPattern}a ')' closes no group");
    }

    private PatternNode ReadEither(int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException($"its groups are nested more than {MaxDepth} deep");
        List<PatternNode> options = [ReadSequence(depth)];
        while (_text.Skip('|'))
            options.Add(ReadSequence(depth));
        return options.Count == 1 ? options[0] : new Either(options);
    }

    private Sequence ReadSequence(int depth)
    {
        var parts = new List<PatternNode>();
        while (!_text.IsAtEnd && _text.Peek is not ('|' or ')'))
        {
            var before = parts.Count;
            ReadPart(parts, depth);
            // What repeats belongs to the last character of a quotation, and to the whole of a group.
            if (parts.Count > before && ReadCount() is { } count)
            {
                parts[^1] = new Repeat(parts[^1], count.Least, count.Most);
                if (ReadCount() is not null)
                    throw new FormatException($"{NotAPattern}what repeats is repeated again; put it in a group");
            }
        }
        return new Sequence(parts);
    }

    private void ReadPart(List<PatternNode> parts, int depth)
    {
        switch (_text.Peek)
        {
            case '*' or '+' or '?':
            case '{' when _text.Braces().Length > 0:
                throw new FormatException($"{NotAPattern}nothing stands before '{_text.Peek}' that could be repeated");
            case '(':
                ReadGroup(parts, depth);
                break;
            case '[':
                parts.Add(new One(PatternClass.Read(_text, _ignoresCase)));
                break;
            case '.':
                _text.Advance();
                parts.Add(new One(_isDotAll ? new RuneSet { IsNegated = true } : new RuneSet { IsNegated = true }.Add('\n', '\n')));
                break;
            case '^':
                _text.Advance();
                parts.Add(new At(_isMultiline ? PatternAnchor.LineStart : PatternAnchor.TextStart));
                break;
            case '$':
                _text.Advance();
                parts.Add(new At(_isMultiline ? PatternAnchor.LineEnd : PatternAnchor.TextEnd));
                break;
            case '\\':
                ReadEscape(parts);
                break;
            default:
                parts.Add(Literal(_text.ReadRune()));
                break;
        }
    }

    private One Literal(int rune) => new(new RuneSet { IgnoresCase = _ignoresCase }.Add(rune, rune));

    private void ReadEscape(List<PatternNode> parts)
    {
        if (_text.Skip("\\Q"))
        {
            var quoted = _text.ReadThrough("\\E") ?? _text.ReadRest();
            parts.AddRange(quoted.EnumerateRunes().Select(rune => Literal(rune.Value)));
            return;
        }
        if (_text.Next is 'A' or 'z' or 'b' or 'B')
        {
            parts.Add(
                new At(_text.Next switch
                {
                    'A' => PatternAnchor.TextStart,
                    'z' => PatternAnchor.TextEnd,
                    'b' => PatternAnchor.WordEdge,
                    _ => PatternAnchor.NoWordEdge,
                }));
            _text.Advance(2);
            return;
        }
        parts.Add(PatternClass.ReadSet(_text, _ignoresCase) is { } set ? new One(set) : Literal(PatternClass.ReadEscaped(_text)));
    }

    private void ReadGroup(List<PatternNode> parts, int depth)
    {
        _text.Advance();
        var flags = (_ignoresCase, _isDotAll, _isMultiline);
        if (_text.Skip("?P<")
            || (_text.Peek == '?' && _text.Next == '<' && !_text.StartsWith("?<=") && !_text.StartsWith("?<!") && _text.Skip("?<")))
            _ = _text.ReadThrough(">") ?? throw new FormatException("a group's name is not closed by '>'");
        else if (_text.Skip('?') && !ReadFlags())
            return;
        parts.Add(ReadEither(depth + 1));
        if (!_text.Skip(')'))
            throw new FormatException($"{NotAPattern}a group is not closed by ')'");
        // RE2: flags that are set within a group end with it.
        (_ignoresCase, _isDotAll, _isMultiline) = flags;
    }

    /// <summary>False after <c>(?i)</c>, whose flags hold until the group around it ends.</summary>
    private bool ReadFlags()
    {
        var isSet = true;
        for (var first = _text.Peek; ; _text.Advance())
        {
            switch (_text.Peek)
            {
                case '-':
                    isSet = false;
                    break;
                case 'i':
                    _ignoresCase = isSet;
                    break;
                case 's':
                    _isDotAll = isSet;
                    break;
                case 'm':
                    _isMultiline = isSet;
                    break;
                case 'U':
                    // Which of several matches is found is of no matter here.
                    break;
                case ':' or ')':
                    var opens = _text.Peek == ':';
                    _text.Advance();
                    return opens;
                default:
                    throw new FormatException(
                        $"RE2 has no '(?{first}': look-around, back references and atomic groups would not be linear");
            }
        }
    }

    private (int Least, int? Most)? ReadCount()
    {
        (int, int?)? count = _text.Peek switch { '*' => (0, null), '+' => (1, null), '?' => (0, 1), _ => null };
        if (count is null)
            return _text.Peek == '{' && ReadBraces() is { } braces && (_text.Skip('?') || true) ? braces : null;
        _text.Advance();
        _text.Skip('?');
        return count;
    }

    // Braces that hold no numbers are text.
    private (int Least, int? Most)? ReadBraces()
    {
        var (least, most, length) = _text.Braces();
        if (length == 0)
            return null;
        if (least > PatternProgram.MaxSize || most > PatternProgram.MaxSize)
            throw new FormatException("it is too large; repeat less");
        if (most < least)
            throw new FormatException($"{NotAPattern}'{{{least},{most}}}' runs backwards");
        _text.Advance(length);
        return (least, most);
    }
}

/// <summary>A part of a pattern as it was written.</summary>
internal abstract record PatternNode;

/// <summary>One character of a set.</summary>
internal sealed record One(RuneSet Set) : PatternNode;

/// <summary>A place between two characters.</summary>
internal sealed record At(PatternAnchor Place) : PatternNode;

/// <summary>One after the other; of none, the empty text.</summary>
internal sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

internal sealed record Either(IReadOnlyList<PatternNode> Options) : PatternNode;

/// <param name="Most">Null for any number.</param>
internal sealed record Repeat(PatternNode Part, int Least, int? Most) : PatternNode;

internal enum PatternAnchor
{
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}
