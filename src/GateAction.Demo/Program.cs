using System.CommandLine;
using GateAction;
using GateAction.Demo;
using GateAction.Demo.Staging;

var scenario = new Option<Scenario>("--scenario") { Description = "How staging fares.", DefaultValueFactory = _ => Scenario.Failing };
var serve = new Option<bool>("--serve") { Description = "Keep staging and GitHub running, and print the variables of the job, for a gate of your own." };
var root = new RootCommand("Plays the main job of gate against a staging environment and a GitHub on loopback.") { scenario, serve };
root.SetAction((parse, cancellation) =>
{
    var demo = new DemoRun(Shell.FromProcess());
    return parse.GetValue(serve) ? demo.ServeAsync(parse.GetValue(scenario), cancellation) : demo.RunAsync(parse.GetValue(scenario), cancellation);
});
return await root.Parse(args).InvokeAsync();
