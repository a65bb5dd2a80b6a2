using System.CommandLine;
using GateAction.Demo;
using GateAction.Surroundings;

string[] names = [.. DemoScenario.All.Select(scenario => scenario.Name)];
var scenario = new Option<string>("--scenario")
{ Description = "How staging fares, or which validation report of examples/ is played.", DefaultValueFactory = _ => "failing" };
scenario.AcceptOnlyFromAmong(names);
var serve = new Option<bool>("--serve")
{ Description = "Keep staging and GitHub running, and print the variables of the job, for a gate of your own." };
var root = new RootCommand("Plays the main job of gate against a staging environment and a GitHub on loopback.") { scenario, serve };
root.SetAction((parse, cancellation) =>
{
    var demo = new DemoRun(Shell.FromProcess(), DemoScenario.All.Single(known => known.Name == parse.GetValue(scenario)));
    return parse.GetValue(serve) ? demo.ServeAsync(cancellation) : demo.RunAsync(cancellation);
});
return await root.Parse(args).InvokeAsync();
