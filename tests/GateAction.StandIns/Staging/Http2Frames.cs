using System.Buffers.Binary;
using System.Text;

namespace GateAction.StandIns.Staging;

/// <summary>HTTP/2 frame by frame (RFC 9113, 4.1), as a server speaks it that may also break the rules.</summary>
internal sealed class Http2Frames(Stream stream)
{
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7;
    private const byte EndStream = 1, Ack = 1, EndHeaders = 4;

    /// <summary>Calls <paramref name="answer"/> with the stream of each request and its number from 1.</summary>
    public static async Task ServeAsync(Stream stream, Func<Http2Frames, int, int, Task> answer)
    {
        var frames = new Http2Frames(stream);
        await stream.ReadExactlyAsync(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length]);
        await frames.SettingsAsync();
        var requests = 0;
        var head = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(head);
            var payload = new byte[head[0] << 16 | head[1] << 8 | head[2]];
            await stream.ReadExactlyAsync(payload);
            if (head[3] == Settings && head[4] != Ack)
                await frames.SendAsync(Settings, Ack, 0, []);
            else if (head[3] == Ping && head[4] != Ack)
                await frames.SendAsync(Ping, Ack, 0, payload);
            else if (head[3] == Headers)
                await answer(frames, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), ++requests);
        }
    }

    public Task SettingsAsync() => SendAsync(Settings, 0, 0, []);

    public Task HeadAsync(int id, params (string Name, string Value)[] fields) =>
        SendAsync(Headers, EndHeaders, id, [.. fields.SelectMany(field => (byte[])[0, .. Literal(field.Name), .. Literal(field.Value)])]);

    public Task BodyAsync(int id, string text) => SendAsync(Data, EndStream, id, Encoding.ASCII.GetBytes(text));

    public Task ResetAsync(int id, byte code) => SendAsync(Reset, 0, id, [0, 0, 0, code]);

    public Task GoAwayAsync(int last, byte code) => SendAsync(GoAway, 0, 0, [0, 0, 0, (byte)last, 0, 0, 0, code]);

    private static byte[] Literal(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private async Task SendAsync(byte kind, byte flags, int id, byte[] payload) =>
        await stream.WriteAsync((byte[])[(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, kind, flags, 0, 0,
        0, (byte)id, .. payload]);
}
