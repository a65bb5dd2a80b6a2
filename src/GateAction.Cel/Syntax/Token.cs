namespace GateAction.Cel.Syntax;

/// <summary>A lexical element: where it stands in the text, in UTF-16 offsets.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    public int Length => End - Start;

    /// <summary>True if an operand may begin with this token, so that a <c>%</c> before it is a remainder.</summary>
    public bool StartsOperand => Kind is >= TokenKind.Identifier and <= TokenKind.Null
        or TokenKind.LeftParen or TokenKind.LeftBracket or TokenKind.LeftBrace or TokenKind.Dot or TokenKind.Minus or TokenKind.Not;
}

internal enum TokenKind : byte
{
    End,
    // From here to Null: what an operand begins with (Token.StartsOperand).
    Identifier,
    QuotedIdentifier,
    Int,
    UInt,
    Double,
    Quantity,
    String,
    Bytes,
    True,
    False,
    Null,
    In,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Dot,
    Comma,
    Colon,
    Question,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Not,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    And,
    Or,
}
