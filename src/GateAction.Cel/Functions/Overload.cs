using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

internal delegate Value Implementation(Frame frame, ReadOnlySpan<Value> arguments);

/// <summary>One way to call a function.</summary>
/// <param name="Parameters">A member function's first one is what stands before the dot.</param>
/// <param name="IsVariadic">The last parameter may come any number of times, but at least once.</param>
internal sealed record Overload(Kinds[] Parameters, Kinds Result, Implementation Run, bool IsVariadic = false)
{
    public bool Takes(ReadOnlySpan<Value> arguments)
    {
        if (IsVariadic ? arguments.Length < Parameters.Length : arguments.Length != Parameters.Length)
            return false;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (((int)Parameters[Math.Min(i, Parameters.Length - 1)] >> (int)arguments[i].Kind & 1) == 0)
                return false;
        }
        return true;
    }
}
