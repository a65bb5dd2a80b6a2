using BenchmarkDotNet.Running;
using GateAction.Benchmarks;

if (args is ["table", ..])
    return await ProcessTable.RunAsync(args is [_, var pairs] ? int.Parse(pairs) : 15);
if (args is ["formats", .. var what])
    return await FormatMemory.RunAsync(what);
if (args is ["read", var path])
    return FormatMemory.Read(path);
if (args is ["comparison", .. var count])
    return ComparisonRates.Run(count is [var runs] ? int.Parse(runs) : 10_000);
if (args is ["results", var repeats, .. var files])
{
    await ReadResults.RunAsync(int.Parse(repeats), files);
    return 0;
}
BenchmarkSwitcher.FromAssembly(typeof(ProcessTable).Assembly).Run(args);
return 0;
