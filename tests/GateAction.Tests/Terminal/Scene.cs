using GateAction.Surroundings;

namespace GateAction.Tests.Terminal;

/// <summary>A shell whose output is kept and whose clock moves only when it is told to.</summary>
internal static class Scene
{
    public static Shell Of(int width = 100, bool isTerminal = false, TimeProvider? time = null,
        params (string Name, string Value)[] environment) => new(
        TextReader.Null,
        new StringWriter(),
        new StringWriter(),
        name => environment.FirstOrDefault(entry => entry.Name == name).Value,
        Path.GetTempPath(),
        time ?? TimeProvider.System,
        isTerminal,
        width);
}
