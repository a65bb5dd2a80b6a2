using System.Buffers;
using System.Text;

namespace GateAction.Cel.Patterns;

/// <summary>
/// A pattern made ready to be looked for. It follows all ways through the pattern at once, a character at a time (K. Thompson 1968), so
/// that the time is at most the size of the text times that of the pattern, and counts its steps: what is too costly is so on every
/// machine. .NET's own engine of this sort builds states that no size of the pattern bounds, <c>(.{0,9}a){10}</c> takes it minutes, and can
/// only be stopped by a clock.
/// </summary>
internal sealed class PatternProgram
{
    /// <summary>Characters and branches, with what is repeated written out.</summary>
    public const int MaxSize = 10_000;

    private readonly List<Step> _steps = [];
    private readonly bool _isAnchored;

    /// <summary>What a text must hold as it is, so that most texts need not be looked through.</summary>
    private readonly string _needed;

    /// <summary>Characters of ASCII with which no match begins; null if a match can begin without a character.</summary>
    private readonly SearchValues<char>? _beginsNothing;

    private PatternProgram(PatternNode node)
    {
        _needed = Needed(node);
        Emit(node);
        _steps.Add(new Step(StepKind.Found));
        _isAnchored = _steps[0] is { Kind: StepKind.At, Place: PatternAnchor.TextStart };
        _beginsNothing = BeginsNothing();
    }

    private enum StepKind
    {
        One,
        At,
        Jump,
        Fork,
        Found,
    }

    /// <summary>Throws <see cref="FormatException"/> for what is no pattern of RE2.</summary>
    public static PatternProgram Parse(string pattern) => new(PatternParser.Parse(pattern));

    /// <summary>True if the pattern stands anywhere in the text; null as soon as <paramref name="spend"/> allows no more steps.</summary>
    public bool? IsIn(string text, Func<long, bool> spend)
    {
        // The rest that was not yet paid is paid at the end: short texts in a long list cost too.
        var search = new Search(this);
        return search.Find(text, spend) is { } found && search.Pay(spend) ? found : null;
    }

    /// <summary>For many texts, one after the other.</summary>
    public Search NewSearch() => new(this);

    /// <summary>The longest run of characters that every match holds.</summary>
    private static string Needed(PatternNode node)
    {
        var (longest, run) = ("", "");
        foreach (var part in Parts(node))
        {
            // A choice, a repetition or an anchor ends the run: what follows it need not stand right behind.
            run = part is One { Set.Only: { } rune } ? run + rune : "";
            longest = run.Length > longest.Length ? run : longest;
        }
        return longest;
    }

    private SearchValues<char>? BeginsNothing()
    {
        var (reached, open, sets) = (new HashSet<int>(), new Stack<int>([0]), new List<RuneSet>());
        while (open.TryPop(out var place))
        {
            if (!reached.Add(place))
                continue;
            var step = _steps[place];
            if (step.Kind is StepKind.At or StepKind.Found)
                return null;
            if (step.Kind == StepKind.One)
                sets.Add(step.Set!);
            if (step.Kind is StepKind.Jump or StepKind.Fork)
                open.Push(step.Target);
            if (step.Kind == StepKind.Fork)
                open.Push(place + 1);
        }
        return SearchValues.Create(
            [.. Enumerable.Range(0, 128).Where(value => !sets.Exists(set => set.Contains(new Rune(value)))).Select(value => (char)value)]);
    }

    private static IEnumerable<PatternNode> Parts(PatternNode node) =>
        node is Sequence sequence ? sequence.Parts.SelectMany(Parts) : [node];

    private void Emit(PatternNode node)
    {
        switch (node)
        {
            case One one:
                Add(new Step(StepKind.One) { Set = one.Set });
                break;
            case At at:
                Add(new Step(StepKind.At) { Place = at.Place });
                break;
            case Sequence sequence:
                foreach (var part in sequence.Parts)
                    Emit(part);
                break;
            case Either either:
                EmitEither(either);
                break;
            case Repeat repeat:
                EmitRepeat(repeat);
                break;
        }
    }

    private void EmitEither(Either either)
    {
        var ends = new List<int>();
        foreach (var option in either.Options.SkipLast(1))
        {
            var fork = Add(new Step(StepKind.Fork));
            Emit(option);
            ends.Add(Add(new Step(StepKind.Jump)));
            _steps[fork] = _steps[fork] with { Target = _steps.Count };
        }
        Emit(either.Options[^1]);
        foreach (var end in ends)
            _steps[end] = _steps[end] with { Target = _steps.Count };
    }

    private void EmitRepeat(Repeat repeat)
    {
        for (var i = 0; i < repeat.Least; i++)
            EmitCounted(repeat.Part);
        if (repeat.Most is null)
        {
            var fork = Add(new Step(StepKind.Fork));
            Emit(repeat.Part);
            Add(new Step(StepKind.Jump) { Target = fork });
            _steps[fork] = _steps[fork] with { Target = _steps.Count };
            return;
        }
        var forks = new List<int>();
        for (var i = repeat.Least; i < repeat.Most; i++)
        {
            forks.Add(Add(new Step(StepKind.Fork)));
            Emit(repeat.Part);
        }
        foreach (var fork in forks)
            _steps[fork] = _steps[fork] with { Target = _steps.Count };
    }

    // What is empty takes a step too, so that repeating nothing has an end.
    private void EmitCounted(PatternNode part)
    {
        var before = _steps.Count;
        Emit(part);
        if (_steps.Count == before)
            Add(new Step(StepKind.Jump) { Target = _steps.Count + 1 });
    }

    private int Add(Step step)
    {
        if (_steps.Count >= MaxSize)
            throw new FormatException("it is too large; repeat less");
        _steps.Add(step);
        return _steps.Count - 1;
    }

    /// <param name="Target">Where a jump goes, and a fork besides the step that follows it.</param>
    private readonly record struct Step(StepKind Kind, int Target = 0, RuneSet? Set = null, PatternAnchor Place = default);

    /// <summary>A place in the program is entered once a character at most, which bounds the time. Not for two threads at once.</summary>
    public sealed class Search(PatternProgram program)
    {
        // Paid in lumps: asking for each step would cost more than the step.
        private const int StepsPerCharge = 4096;
        private const int StepsPerUnit = 8;
        private readonly long[] _enteredAt = new long[program._steps.Count];
        private readonly Stack<int> _open = new();
        private readonly List<int> _here = [];
        private readonly List<int> _next = [];
        private long _round;
        private int _charge;

        public bool IsIn(ReadOnlySpan<char> text) =>
            text.Contains(program._needed, StringComparison.Ordinal) && Find(text, spend: null) is true;

        /// <param name="spend">Null for as many steps as it takes.</param>
        internal bool? Find(ReadOnlySpan<char> text, Func<long, bool>? spend)
        {
            _open.Clear();
            _next.Clear();
            Rune? before = null;
            var at = 0;
            while (true)
            {
                if (spend is null && _next.Count == 0 && program._beginsNothing is { } idle
                    && text[at..].IndexOfAnyExcept(idle) is var skipped and not 0)
                {
                    if (skipped < 0)
                        return false;
                    at += skipped;
                    before = new Rune(text[at - 1]);
                }
                var length = 0;
                Rune? after = null;
                if (at < text.Length)
                {
                    Rune.DecodeFromUtf16(text[at..], out var rune, out length);
                    after = rune;
                }
                if (EnterAll(before, after, isStart: at == 0))
                    return true;
                if (_charge >= StepsPerCharge && !Pay(spend))
                    return null;
                if (after is not { } character || (_here.Count == 0 && program._isAnchored))
                    return false;
                Move(character);
                before = character;
                at += length;
            }
        }

        internal bool Pay(Func<long, bool>? spend)
        {
            var units = _charge / StepsPerUnit;
            _charge = 0;
            return spend is null || spend(units);
        }

        /// <summary>Follows what needs no character from every place that was reached, and from the beginning; true if the end was among
        /// them.</summary>
        private bool EnterAll(Rune? before, Rune? after, bool isStart)
        {
            _round++;
            _here.Clear();
            foreach (var place in _next)
                _open.Push(place);
            // A match may begin at every character; all those that began are followed side by side.
            if (isStart || !program._isAnchored)
                _open.Push(0);
            while (_open.TryPop(out var place))
            {
                if (_enteredAt[place] == _round)
                    continue;
                _enteredAt[place] = _round;
                _charge++;
                var step = program._steps[place];
                switch (step.Kind)
                {
                    case StepKind.Found:
                        return true;
                    case StepKind.One:
                        _here.Add(place);
                        break;
                    case StepKind.At when !Holds(step.Place, before, after):
                        break;
                    // In any order: asked is whether there is a match, not which one.
                    case StepKind.Fork:
                        _open.Push(step.Target);
                        _open.Push(place + 1);
                        break;
                    default:
                        _open.Push(step.Kind == StepKind.Jump ? step.Target : place + 1);
                        break;
                }
            }
            return false;
        }

        private void Move(Rune character)
        {
            _next.Clear();
            foreach (var place in _here)
            {
                if (program._steps[place].Set!.Contains(character))
                    _next.Add(place + 1);
            }
            _charge += _here.Count;
        }

        private static bool Holds(PatternAnchor place, Rune? before, Rune? after) => place switch
        {
            PatternAnchor.TextStart => before is null,
            PatternAnchor.TextEnd => after is null,
            PatternAnchor.LineStart => before is null or { Value: '\n' },
            PatternAnchor.LineEnd => after is null or { Value: '\n' },
            PatternAnchor.WordEdge => IsWord(before) != IsWord(after),
            _ => IsWord(before) == IsWord(after),
        };

        private static bool IsWord(Rune? rune) =>
            rune is { IsAscii: true, Value: var value } && (char.IsAsciiLetterOrDigit((char)value) || value == '_');
    }
}
