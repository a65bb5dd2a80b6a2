using System.Text;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>What a person reads where an expression ends in an error.</summary>
internal sealed class ErrorTests
{
    private static readonly string[] Failing =
    [
        "1 / 0", "1 % 0", "1u / 0u", "1u % 0u", "9223372036854775807 + 1", "1 - 9223372036854775807 - 3", "18446744073709551615u * 2u",
        "-9223372036854775808 / -1", "0u - 1u",
        "-(-9223372036854775807 - 1)", "-'a'", "-true", "!1", "!'a'", "1 + 1.0", "1 + 1u", "1 + 'a'", "'a' + 1", "1s + 1", "1 + 1s",
        "[1] + 1", "null + null", "true - false", "b'a' + 'a'", "timestamp(0) + timestamp(0)",
        "1 < 'a'", "'a' < 1", "1s < 1", "1 > 1s", "1s < 1.5", "[1] < [1]", "1u >= null", "b'a' < true", "{1: 2} <= 1", "int < int",
        "timestamp(0) < 1s",
        "1 in 1", "'a' in 'abc'", "now in 5", "[1][1]", "[1]['a']", "[1][true]", "1[0]", "m.a[0]", "{'a': 1}['b']", "{'a': 1}[2]",
        "{1: 1}[2]", "m.b", "m.aa", "m.a.b", "m.n.x", "m['zz']", "gone.x", "gone['x']", "gone.x[0]", "gone[0]", "m.a['x']", "m[0]",
        "1 == 1 && m.a", "lost", "lost.x", "mm.a",
        "{1.5: 1}", "{null: 1}", "{m.a: 1, 1: 2}", "{'a': 1, 'a': 2}", "[1, 2].transformMapEntry(i, x, {0: x})",
        "[1].transformMapEntry(i, x, x)",
        "true && 1", "1 || false", "m.a && m.n", "1 ? 2 : 3", "m.a ? 1 : 2", "1.all(x, true)", "m.a.exists(x, true)", "[1, 2].all(x, x)",
        "[1].exists_one(x, x)", "[1].filter(x, x)", "[1].map(x, x, x)", "m.n.map(x, x)",
        "f()", "f(1)", "m.f()", "sizes(m)", "m.matchs('a')", "startsWith('a', 'b')", "'a'.math()", "int.type()", "'a'.int()",
        "math.absolute(1)",
        "size()", "size(1)", "size(1, 2)", "m.size(1)", "'a'.contains(1)", "'a'.contains()", "math.ceil(1)", "math.bitAnd(1, 2u)",
        "'a'.format('b')",
        "int('x')", "int(1e30)", "int(1s)", "uint(-1)", "double('x')", "bool('x')", "string(b'\\xff')", "string([1])", "duration('x')",
        "timestamp('x')", "timestamp(-99999999999999)", "base64.decode('*')", "timestamp(0).getHours('X')",
        "'abc'.charAt(5)", "'abc'.substring(2, 1)", "'abc'.substring(1, 9)", "'abc'.substring(5)", "'abc'.indexOf('a', 9)",
        "['a', 1].join()", "math.greatest([])", "math.least(['a'])", "math.abs(-9223372036854775808)", "math.bitShiftRight(1, -2)",
        "'%d'.format(['a'])", "'%d %d'.format([1])", "'%y'.format([1])", "'a'.matches('(')",
        "100000d * 1000000", "10000000000000s", "100000d + 100000d", "timestamp('9999-12-31T23:59:59Z') + 1d",
        "timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')",
    ];

    [Test]
    public void Each_error_says_what_was_found_and_what_is_taken()
    {
        var scope = new Scope(
            new Dictionary<string, Value>
            {
                ["m"] = Value.Map(("a", Value.Int(1)), ("n", Value.Null)),
                ["gone"] = Value.Map(),
                ["now"] = Value.Timestamp(0, 0),
            },
            new Dictionary<string, string> { ["gone"] = "could not be reached: connection refused", ["lost"] = "the file is not there" });
        var text = new StringBuilder();

        foreach (var failing in Failing)
        {
            var (condition, problems) = Condition.Parse(failing);
            var value = condition?.Evaluate(scope).Value ?? Value.Error("(does not parse) " + problems[0].Message);
            Assert.That(value.IsError, failing);
            text.Append(failing).Append("\n    ").Append(value.Text).Append('\n');
        }

        Snapshot.Match(text.ToString());
    }
}
