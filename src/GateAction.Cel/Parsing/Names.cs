using GateAction.Cel.Expressions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Parsing;

/// <summary>What names mean while a condition is parsed: variables of macros, types, and the free variables, which it collects.</summary>
internal sealed class Names
{
    private readonly List<string> _roots = [];
    private readonly List<string> _locals = [];

    public IReadOnlyList<string> Roots => _roots;

    public int LocalCount { get; private set; }

    public static bool IsType(string name) =>
        name is "int" or "uint" or "double" or "bool" or "string" or "bytes" or "list" or "map" or "null_type" or "type";

    /// <summary>Words that langdef keeps for languages around CEL.</summary>
    public static bool IsReserved(string name) =>
        name is "as" or "break" or "const" or "continue" or "else" or "for" or "function" or "if" or "import" or "let" or "loop"
        or "package"
            or "namespace" or "return" or "var" or "void" or "while";

    public bool IsLocal(string name) => _locals.Contains(name);

    public Expr Resolve(int start, int end, string name)
    {
        // The innermost variable of that name; it hides a probe and a type too (langdef "Name Resolution").
        var slot = _locals.LastIndexOf(name);
        if (slot >= 0)
            return new Local(start, end, name, slot);
        return IsType(name) ? new Literal(start, end, Value.Type(name)) : Root(start, end, name);
    }

    public Variable Root(int start, int end, string name)
    {
        var index = _roots.IndexOf(name);
        if (index < 0)
        {
            index = _roots.Count;
            _roots.Add(name);
        }
        return new Variable(start, end, name, index);
    }

    /// <summary>Opens the scope of a macro's variable and returns its slot.</summary>
    public int Push(string name)
    {
        _locals.Add(name);
        LocalCount = Math.Max(LocalCount, _locals.Count);
        return _locals.Count - 1;
    }

    public void Pop(int count) => _locals.RemoveRange(_locals.Count - count, count);
}
