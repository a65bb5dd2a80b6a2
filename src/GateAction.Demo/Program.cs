using System.CommandLine;
using GateAction;
using GateAction.Demo;
using GateAction.Demo.Staging;

var scenario = new Option<Scenario>("--scenario") { Description = "How staging fares: healthy, degraded, failing or unreachable.", DefaultValueFactory = _ => Scenario.Failing };
var root = new RootCommand("Plays the main job of gate against a staging environment and a GitHub on loopback.") { scenario };
root.SetAction((parse, cancellation) => new DemoRun(Shell.FromProcess()).RunAsync(parse.GetValue(scenario), cancellation));
return await root.Parse(args).InvokeAsync();
