using GateAction.StandIns;
using GateAction.StandIns.Examples;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;

namespace GateAction.Demo;

/// <summary>What the demo can play: the shop of <c>examples/first</c> in one of its states, or a validation report.</summary>
/// <param name="Example">The report; null for the shop.</param>
internal sealed record DemoScenario(string Name, Scenario Staging, Example? Example)
{
    public static IReadOnlyList<DemoScenario> All { get; } =
    [
        .. Enum.GetValues<Scenario>().Select(scenario => new DemoScenario(scenario.ToString().ToLowerInvariant(), scenario, null)),
        .. Example.All.Select(example => new DemoScenario(example.Name, Scenario.Healthy, example)),
    ];

    public string ManifestPath =>
        Path.GetRelativePath(DemoRepository.Path,
        Example?.ManifestPath ?? Path.Combine(DemoRepository.Path, "examples", "first", "gate.yml"));

    public Task<DemoWorld> StartAsync() =>
        Example is null ? DemoWorld.StartAsync(Staging, DemoRepository.Example("first")) : DemoWorld.StartAsync(Example);

    public Shell Around(Shell shell) => Example is null ? shell : shell with { Time = new ExampleClock() };
}
