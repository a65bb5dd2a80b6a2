using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace GateAction.Platform;

/// <summary>What a supervisor is to run.</summary>
/// <param name="User">Whom the program runs as; null for whoever runs the gate.</param>
internal sealed record SupervisorRequest(string Directory, ProgramStart Program, LinuxUser? User)
{
    /// <summary>Its length, then the texts, each with its own: nothing of it stands in an argument, which every process can read.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(0);
        writer.Write(Directory);
        writer.Write(Program.File);
        WriteList(writer, Program.Arguments);
        WriteList(writer, [.. Program.Environment.SelectMany(variable => new[] { variable.Key, variable.Value })]);
        writer.Write(User is not null);
        writer.Write(User?.User ?? 0);
        writer.Write(User?.Group ?? 0);
        writer.Seek(0, SeekOrigin.Begin);
        writer.Write((int)bytes.Length - sizeof(int));
        return bytes.ToArray();
    }

    public static SupervisorRequest Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var (directory, file, arguments, variables) = (reader.ReadString(), reader.ReadString(), ReadList(reader), ReadList(reader));
        var environment = variables.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var (hasUser, user) = (reader.ReadBoolean(), new LinuxUser(reader.ReadUInt32(), reader.ReadUInt32()));
        return new(directory, new(file, arguments, environment), hasUser ? user : null);
    }

    private static void WriteList(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
            writer.Write(text);
    }

    private static string[] ReadList(BinaryReader reader) => [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())];
}

/// <summary>What a supervisor tells, each with two numbers.</summary>
internal enum SupervisorNews : byte
{
    /// <summary>The program's process.</summary>
    Started,

    /// <summary>The number of the error.</summary>
    NotStarted,

    /// <summary>The most memory that all that ran held at once, in bytes; before <see cref="Ended"/>.</summary>
    Remembered,

    /// <summary>The exit status, and the nanoseconds that it took.</summary>
    Ended,

    /// <summary>How many processes were still there.</summary>
    Killed,
}

/// <summary>The supervisor's end of the socket to the gate.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SupervisorTalk(int descriptor)
{
    public const int NewsLength = 17;
    private const int LongestRequest = 16 * 1024 * 1024;
    private const int NoSignal = 0x4000;

    /// <summary>Null if the gate ended before it said what to run.</summary>
    public SupervisorRequest? ReadRequest()
    {
        var length = new byte[sizeof(int)];
        if (!Fill(length) || BitConverter.ToInt32(length) is not (> 0 and < LongestRequest and var count))
            return null;
        var bytes = new byte[count];
        return Fill(bytes) ? SupervisorRequest.Read(bytes) : null;
    }

    /// <summary>Returns when the gate has ended, or wants an end.</summary>
    public void WaitForEnd()
    {
        var nothing = new byte[1];
        while (Fill(nothing))
        {
        }
    }

    public void Tell(SupervisorNews news, long first, long second = 0)
    {
        var bytes = new byte[NewsLength];
        bytes[0] = (byte)news;
        BitConverter.TryWriteBytes(bytes.AsSpan(1), first);
        BitConverter.TryWriteBytes(bytes.AsSpan(9), second);
        // A gate that is gone must not end the supervisor by SIGPIPE before it has killed what is below it.
        _ = LinuxCalls.Send(descriptor, bytes, NewsLength, NoSignal);
    }

    private bool Fill(Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var read = LinuxCalls.Read(descriptor, bytes, bytes.Length);
            if (read > 0)
                bytes = bytes[(int)read..];
            else if (read == 0 || Marshal.GetLastPInvokeError() != LinuxCalls.Interrupted)
                return false;
        }
        return true;
    }
}
