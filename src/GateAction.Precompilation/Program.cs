using GateAction.Precompilation;

const string Usage =
    """
    Names the methods that the container's program runs and that no compiler finds ahead of time.
      precompilation write FOLDER METHODS PROFILE   writes a profile (MIBC) for the assemblies of a folder: the methods of a list and those of all async methods
      precompilation list FOLDER FILE...            prints the list of what a list has and what runs compiled (DOTNET_JitStdOutFile, DOTNET_JitDisasmSummary=1)
    """;

try
{
    switch (args)
    {
        case ["write", var folder, var methods, var output]:
            return Write(folder, methods, output);
        case ["list", var folder, .. { Length: > 0 } files]:
            return List(folder, files);
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or UnknownMethodException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

static int Write(string folder, string methods, string output)
{
    using var assemblies = new Assemblies(folder);
    var profile = new Profile(assemblies);
    var unknown = 0;
    foreach (var method in MethodList.Read(File.ReadLines(methods)).Concat(StateMachines.Of(assemblies)))
        unknown += MethodList.TryAdd(profile, method) ? 0 : 1;
    using var stream = File.Create(output);
    profile.Write(stream);
    Console.WriteLine($"{output}: {profile.Count} methods; {unknown} are not in these assemblies");
    return 0;
}

static int List(string folder, IEnumerable<string> files)
{
    using var assemblies = new Assemblies(folder);
    foreach (var method in MethodList.Of(assemblies, files.SelectMany(File.ReadLines)))
        Console.WriteLine(method);
    return 0;
}
