using System.Diagnostics.CodeAnalysis;

namespace GateAction.Tests;

/// <summary>A tool or a download that a test needs and this machine lacks.</summary>
internal static class Missing
{
    /// <summary>Leaves the test out; fails it with <c>GATE_REQUIRE_ALL=1</c>, as CI sets it.</summary>
    [DoesNotReturn]
    public static void Tool(string what)
    {
        if (Environment.GetEnvironmentVariable("GATE_REQUIRE_ALL") == "1")
            throw new AssertionException($"{what}; GATE_REQUIRE_ALL=1 lets no test be left out");
        throw new IgnoreException(what);
    }

    /// <summary>Leaves the test out, even if nothing may be missing: some need root and some anybody else, and a run is only one of
    /// them.</summary>
    [DoesNotReturn]
    public static void User(string why) => throw new IgnoreException(why);
}
