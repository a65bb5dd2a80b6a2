using GateAction.Cel.Expressions;

namespace GateAction.Cel.Parsing;

internal delegate Expr MacroExpansion(int start, int end, Iteration iteration, Expr? filter, Expr body);

/// <summary>A call that binds variables (langdef "Macros", cel-go ext/comprehensions).</summary>
/// <param name="Variables">One for elements or keys, two for index and element or key and value.</param>
/// <param name="MayHaveSecond">One variable, and a second one where the call has three arguments.</param>
/// <param name="MayFilter">A predicate may stand before the body.</param>
internal sealed record Macro(string Name, string Usage, string Description, int Variables, bool MayHaveSecond, bool MayFilter,
    MacroExpansion Create);
