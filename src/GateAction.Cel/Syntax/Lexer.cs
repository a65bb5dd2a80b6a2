namespace GateAction.Cel.Syntax;

/// <summary>Cuts the text of a condition into tokens (langdef "Syntax", the lexis), one at a time. Copy it to look ahead.</summary>
internal struct Lexer(string text)
{
    private readonly string _text = text;
    private int _position;

    public Token Next()
    {
        SkipBlanks();
        if (_position >= _text.Length)
            return new(TokenKind.End, _text.Length, _text.Length);
        var start = _position;
        var kind = Scan(_text[start]);
        return new(kind, start, _position);
    }

    private TokenKind Scan(char first)
    {
        if (char.IsAsciiLetter(first) || first == '_')
            // 'b' and 'r' are names too: only before a quotation mark they begin a literal.
            return StringScanner.PrefixLength(_text, _position) >= 0 ? ScanString() : ScanWord();
        if (char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(Peek(1))))
            return NumberScanner.Scan(_text, ref _position);
        return first switch
        {
            '"' or '\'' => ScanString(),
            '`' => ScanQuotedIdentifier(),
            _ => ScanOperator(first),
        };
    }

    private TokenKind ScanOperator(char first)
    {
        var (kind, length) = (first, Peek(1)) switch
        {
            ('<', '=') => (TokenKind.LessEqual, 2),
            ('<', _) => (TokenKind.Less, 1),
            ('>', '=') => (TokenKind.GreaterEqual, 2),
            ('>', _) => (TokenKind.Greater, 1),
            ('=', '=') => (TokenKind.Equal, 2),
            ('!', '=') => (TokenKind.NotEqual, 2),
            ('!', _) => (TokenKind.Not, 1),
            ('&', '&') => (TokenKind.And, 2),
            ('|', '|') => (TokenKind.Or, 2),
            ('(', _) => (TokenKind.LeftParen, 1),
            (')', _) => (TokenKind.RightParen, 1),
            ('[', _) => (TokenKind.LeftBracket, 1),
            (']', _) => (TokenKind.RightBracket, 1),
            ('{', _) => (TokenKind.LeftBrace, 1),
            ('}', _) => (TokenKind.RightBrace, 1),
            ('.', _) => (TokenKind.Dot, 1),
            (',', _) => (TokenKind.Comma, 1),
            (':', _) => (TokenKind.Colon, 1),
            ('?', _) => (TokenKind.Question, 1),
            ('+', _) => (TokenKind.Plus, 1),
            ('-', _) => (TokenKind.Minus, 1),
            ('*', _) => (TokenKind.Star, 1),
            ('/', _) => (TokenKind.Slash, 1),
            ('%', _) => (TokenKind.Percent, 1),
            _ => throw SyntaxErrors.Character(_text, _position),
        };
        _position += length;
        return kind;
    }

    private TokenKind ScanWord()
    {
        var start = _position;
        while (_position < _text.Length && IsWordCharacter(_text[_position]))
            _position++;
        return _text.AsSpan(start, _position - start) switch
        {
            "true" => TokenKind.True,
            "false" => TokenKind.False,
            "null" => TokenKind.Null,
            "in" => TokenKind.In,
            _ => TokenKind.Identifier,
        };
    }

    private TokenKind ScanQuotedIdentifier()
    {
        var start = _position++;
        while (_position < _text.Length && (IsWordCharacter(_text[_position]) || _text[_position] is '.' or '-' or '/' or ' '))
            _position++;
        if (Peek(0) != '`' || _position == start + 1)
            throw new SyntaxErrorException(start, 1,
                "a name in backquotes has letters, digits, '_', '.', '-', '/' and spaces, and ends with a backquote");
        _position++;
        return TokenKind.QuotedIdentifier;
    }

    private TokenKind ScanString()
    {
        var isBytes = _text[_position] is 'b' or 'B';
        _position = StringScanner.End(_text, _position);
        return isBytes ? TokenKind.Bytes : TokenKind.String;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] is ' ' or '\t' or '\n' or '\f' or '\r')
                _position++;
            else if (_text[_position] == '/' && Peek(1) == '/')
                _position = _text.IndexOf('\n', _position) is var end and >= 0 ? end : _text.Length;
            else
                return;
        }
    }

    private readonly char Peek(int ahead) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
