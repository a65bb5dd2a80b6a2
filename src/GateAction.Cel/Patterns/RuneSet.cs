using System.Globalization;
using System.Text;

namespace GateAction.Cel.Patterns;

/// <summary>Which characters one place of a pattern takes: ranges of code points and general categories of Unicode.</summary>
internal sealed class RuneSet
{
    private readonly List<(int Low, int High)> _ranges = [];
    private readonly List<string> _categories = [];
    private readonly List<RuneSet> _parts = [];
    // Most text is ASCII: for it one bit is looked up in place of all ranges and categories.
    private UInt128? _ascii;

    public bool IsNegated { get; init; }

    public bool IgnoresCase { get; init; }

    /// <summary>The one character that it takes; null if it takes others, or if it stands for what cannot be decoded too.</summary>
    public Rune? Only =>
        !IsNegated && !IgnoresCase && _categories.Count + _parts.Count == 0 && _ranges is [var (low, high)] && low == high
        && Rune.IsValid(low) && low != Rune.ReplacementChar.Value
            ? new Rune(low)
            : null;

    public RuneSet Add(int low, int high)
    {
        _ranges.Add((low, high));
        return this;
    }

    /// <param name="name">A general category, <c>Lu</c>, or the first letter of several, <c>L</c>.</param>
    public RuneSet AddCategory(string name)
    {
        _categories.Add(name);
        return this;
    }

    public RuneSet Add(RuneSet part)
    {
        _parts.Add(part);
        return this;
    }

    /// <summary>To be asked only once everything was added.</summary>
    public bool Contains(Rune rune) => rune.IsAscii ? ((_ascii ??= Ascii()) >> rune.Value & 1) != 0 : Decide(rune);

    private UInt128 Ascii()
    {
        UInt128 members = 0;
        for (var value = 0; value < 128; value++)
            members |= (Decide(new Rune(value)) ? UInt128.One : UInt128.Zero) << value;
        return members;
    }

    private bool Decide(Rune rune) => IsNegated != (IgnoresCase ? HoldsAnyCase(rune) : Holds(rune));

    private bool HoldsAnyCase(Rune rune)
    {
        // Also by way of the capital: the long s, U+017F, is a form of 's' that only its capital tells.
        var (upper, lower) = (Rune.ToUpperInvariant(rune), Rune.ToLowerInvariant(rune));
        return Holds(rune) || Holds(upper) || Holds(lower) || Holds(Rune.ToLowerInvariant(upper));
    }

    private bool Holds(Rune rune)
    {
        foreach (var (low, high) in _ranges)
        {
            if (rune.Value >= low && rune.Value <= high)
                return true;
        }
        foreach (var category in _categories)
        {
            if (CodeOf(Rune.GetUnicodeCategory(rune)).StartsWith(category, StringComparison.Ordinal))
                return true;
        }
        foreach (var part in _parts)
        {
            if (part.Contains(rune))
                return true;
        }
        return false;
    }

    /// <summary>The names that Unicode gives its general categories (UAX 44, table 12).</summary>
    public static string CodeOf(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu",
        UnicodeCategory.LowercaseLetter => "Ll",
        UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm",
        UnicodeCategory.OtherLetter => "Lo",
        UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc",
        UnicodeCategory.EnclosingMark => "Me",
        UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl",
        UnicodeCategory.OtherNumber => "No",
        UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl",
        UnicodeCategory.ParagraphSeparator => "Zp",
        UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf",
        UnicodeCategory.Surrogate => "Cs",
        UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc",
        UnicodeCategory.DashPunctuation => "Pd",
        UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe",
        UnicodeCategory.InitialQuotePunctuation => "Pi",
        UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po",
        UnicodeCategory.MathSymbol => "Sm",
        UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk",
        UnicodeCategory.OtherSymbol => "So",
        _ => "Cn",
    };
}
