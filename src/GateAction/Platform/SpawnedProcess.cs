using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace GateAction.Platform;

/// <summary>A program to start, without a shell.</summary>
/// <param name="File">Full path.</param>
/// <param name="Arguments">Its name first.</param>
internal sealed record ProgramStart(string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);

/// <summary>posix_spawn(3): a child in a session of its own, with every signal as the system sets it, whatever this process
/// ignores.</summary>
[SupportedOSPlatform("linux")]
internal static class SpawnedProcess
{
    // Larger than these structures are in any C library.
    private const int StructureLength = 1024;
    private const int SetLength = 128;
    private const short DefaultSignals = 0x04;
    private const short BlockedSignals = 0x08;
    private const short NewSession = 0x80;

    /// <param name="streams">What becomes its descriptors 0, 1 and 2.</param>
    /// <returns>The process's number, or the number of the error.</returns>
    public static (int Id, int Error) Start(ProgramStart start, ReadOnlySpan<int> streams)
    {
        Span<byte> actions = stackalloc byte[StructureLength];
        Span<byte> attributes = stackalloc byte[StructureLength];
        Span<byte> all = stackalloc byte[SetLength];
        Span<byte> none = stackalloc byte[SetLength];
        none.Clear();
        _ = LinuxCalls.FillSet(all);
        _ = LinuxCalls.InitAttributes(attributes);
        // .NET ignores SIGPIPE, and what is ignored is inherited: in a script's 'a | head' the first program would go on, or complain.
        _ = LinuxCalls.SetDefaultSignals(attributes, all);
        _ = LinuxCalls.SetBlockedSignals(attributes, none);
        _ = LinuxCalls.SetFlags(attributes, DefaultSignals | BlockedSignals | NewSession);
        _ = LinuxCalls.InitActions(actions);
        using var texts = new NativeTexts();
        try
        {
            for (var target = 0; target < streams.Length; target++)
                _ = LinuxCalls.AddDuplicate(actions, streams[target], target);
            var error = LinuxCalls.Spawn(
                out var id,
                texts.Add(start.File),
                actions,
                attributes,
                texts.List(start.Arguments),
                texts.List(start.Environment.Select(variable => $"{variable.Key}={variable.Value}")));
            return (id, error);
        }
        finally
        {
            _ = LinuxCalls.DestroyActions(actions);
        }
    }

    /// <summary>Texts as C takes them, freed together.</summary>
    private sealed class NativeTexts : IDisposable
    {
        private readonly List<nint> _all = [];

        public nint Add(string text)
        {
            _all.Add(Marshal.StringToCoTaskMemUTF8(text));
            return _all[^1];
        }

        public nint[] List(IEnumerable<string> texts) => [.. texts.Select(Add), 0];

        public void Dispose() => _all.ForEach(Marshal.FreeCoTaskMem);
    }
}
