using BenchmarkDotNet.Running;
using GateAction.Benchmarks;

if (args is ["start", ..])
    return await ProcessStart.RunAsync(args is [_, var runs] ? int.Parse(runs) : 15);
if (args is ["probes", ..])
    return await ProbeLoad.RunAsync(args is [_, var rounds] ? int.Parse(rounds) : 15);
if (args is ["formats", .. var what])
    return await FormatMemory.RunAsync(what);
if (args is ["read", var path])
    return FormatMemory.Read(path);
if (args is ["results", var repeats, .. var files])
{
    await ReadResults.RunAsync(int.Parse(repeats), files);
    return 0;
}
BenchmarkSwitcher.FromAssembly(typeof(ProcessStart).Assembly).Run(args);
return 0;
