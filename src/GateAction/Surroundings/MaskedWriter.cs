using System.Text;

namespace GateAction.Surroundings;

/// <summary>The last door of the program: whatever a command prints, in whatever way it failed, no secret is in it.</summary>
internal sealed class MaskedWriter(TextWriter inner, Secrets secrets) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(Masked(value));

    public override void Write(char[] buffer, int index, int count) => inner.Write(secrets.MaskText(new string(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(secrets.MaskText(buffer.ToString()));

    public override void WriteLine(string? value) => inner.WriteLine(Masked(value));

    public override Task WriteAsync(char value) => inner.WriteAsync(value);

    public override Task WriteAsync(string? value) => inner.WriteAsync(Masked(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(Masked(value));

    public override Task WriteLineAsync() => inner.WriteLineAsync();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    private string? Masked(string? text) => text is null ? null : secrets.MaskText(text);
}
