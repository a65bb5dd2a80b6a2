using System.Diagnostics.CodeAnalysis;

namespace GateAction.Tests;

/// <summary>A tool or a download that a test needs and this machine lacks.</summary>
internal static class Missing
{
    /// <summary><c>GATE_REQUIRE_ALL=1</c>, as CI sets it: no test may be left out for want of something.</summary>
    public static bool IsForbidden => Environment.GetEnvironmentVariable("GATE_REQUIRE_ALL") == "1";

    /// <summary>Leaves the test out; fails it if nothing may be missing.</summary>
    [DoesNotReturn]
    public static void Tool(string what)
    {
        if (IsForbidden)
            throw new AssertionException($"{what}; GATE_REQUIRE_ALL=1 lets no test be left out");
        throw new IgnoreException(what);
    }
}
