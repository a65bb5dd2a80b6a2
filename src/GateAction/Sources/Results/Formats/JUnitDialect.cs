namespace GateAction.Sources.Results.Formats;

/// <summary>Who wrote a suite, as far as its figures count something of their own.</summary>
internal enum JUnitDialect
{
    Other,

    /// <summary>pytest: reports, not tests; earlier attempts stand as bare cases that are in no figure.</summary>
    Pytest,

    /// <summary>Catch2 and doctest: <c>tests</c> and <c>failures</c> are assertions.</summary>
    Assertions,

    /// <summary>Boost.Test: <c>tests</c> are those that passed without a warning.</summary>
    Boost,

    /// <summary>jest-junit: a <c>test.todo</c> is a bare case that is in no figure.</summary>
    Jest,

    /// <summary>Qt 5: <c>errors</c> are messages; a case without a result was skipped.</summary>
    Qt,

    /// <summary>Vitest: the tests of a worker that was killed are bare cases of no time in a suite of none.</summary>
    Vitest,

    /// <summary>GoogleTest's <c>--gtest_list_tests</c>: nothing ran.</summary>
    Listed,

    /// <summary>Flank: a case with <c>flaky="true"</c> failed and then passed, and keeps its failure.</summary>
    Flank,
}

/// <summary>Tells a dialect by the attributes of its suite, which no other has so.</summary>
internal static class JUnitMarks
{
    private static readonly string[] Boost = ["tests", "skipped", "errors", "failures", "id", "name", "time"];
    private static readonly string[] Qt = ["errors", "failures", "tests", "name"];
    private static readonly string[] List = ["tests", "name"];
    private static readonly string[] Jest = ["name", "errors", "failures", "skipped", "timestamp", "time", "tests"];

    /// <param name="attributes">Names and values in their order.</param>
    public static JUnitDialect Find(IReadOnlyList<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (name == "name" && value == "pytest")
                return JUnitDialect.Pytest;
            // Catch2 writes "tbd" for the name of the host.
            if (name == "doctest_version" || (name == "hostname" && value == "tbd"))
                return JUnitDialect.Assertions;
            if (name == "flakes")
                return JUnitDialect.Flank;
        }
        if (Are(attributes, List) && attributes[1].Value == "AllTests")
            return JUnitDialect.Listed;
        return Are(attributes, Boost) ? JUnitDialect.Boost : Are(attributes, Jest) ? JUnitDialect.Jest : JUnitDialect.Other;
    }

    /// <summary>Qt 5 has no other mark than a property that its successor has too.</summary>
    public static bool IsQt(IReadOnlyList<(string Name, string Value)> attributes, string? property) =>
        property == "QtVersion" && Are(attributes, Qt);

    private static bool Are(IReadOnlyList<(string Name, string Value)> attributes, string[] names)
    {
        if (attributes.Count != names.Length)
            return false;
        for (var i = 0; i < names.Length; i++)
        {
            // The order counts too: names alone are the same in several dialects, and a mark excuses figures that are wrong in every other.
            if (attributes[i].Name != names[i])
                return false;
        }
        return true;
    }
}
