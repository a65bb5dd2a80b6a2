using System.Text.RegularExpressions;
using GateAction.Sources;
using GateAction.Terminal;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Terminal;

/// <summary>What stands on a terminal after the table moved, and after the terminal echoed Ctrl-C into it.</summary>
internal sealed partial class LiveScreenTests
{
    [Test]
    public async Task Whatever_is_echoed_in_between_every_row_stands_there_once(
        [Values(40, 80, 120)] int width, [Values(4, 10, 50)] int height, [Values(1, 3, 30)] int rows,
        [Values("", "^C", "^C^C^C")] string echo)
    {
        using var screen = new Emulator(width, height);
        var shell = Scene.Of(width, isTerminal: true) with { Out = screen, Height = height };
        var names = Enumerable.Range(1, rows).Select(row => $"probe{row}").ToArray();

        await LiveView.ShowAsync(shell, async progress =>
        {
            foreach (var name in names)
                progress.Report(new(name, "http", ProbeStage.Waiting, "", null));
            await Eventually.TrueAsync(() => screen.Frames > 1, "the table is drawn");
            foreach (var name in names)
                progress.Report(new(name, "http", ProbeStage.Measuring, "a sample with a very long note that fills the line", null));
            screen.Echo(echo);
            var before = screen.Frames;
            await Eventually.TrueAsync(() => screen.Frames > before + 1, "the table is drawn again");
            Assert.That(screen.Lines.Count(line => line.Contains("measuring") || line.Contains("a sample")),
                Is.EqualTo(Math.Min(rows, height - 2)), "what fits is shown");
            screen.Echo(echo);
            return SampleEvidence.Of();
        });

        Assert.That(screen.Lines, Has.None.Contains("^"));
        foreach (var name in names)
            Assert.That(screen.Lines.Count(line => Row(name).IsMatch(line)), Is.EqualTo(1), string.Join('\n', screen.Lines));
        Assert.That(screen.Lines.TakeLast(2), Is.All.Empty, "the report begins in a line of its own, one below");
        Assert.That(screen.Hidden, Is.Zero, "the cursor is never hidden");
    }

    private static Regex Row(string name) => new($@"^\? +{name} ");

    [GeneratedRegex(@"\x1b\[(?<number>\??\d*(;\d+)*)(?<letter>[A-Za-z])")]
    private static partial Regex Code { get; }

    /// <summary>A terminal with scrollback, as far as the table needs one; it echoes like one.</summary>
    private sealed class Emulator(int width, int height) : StringWriter
    {
        private readonly List<char[]> _lines = [new char[width]];
        private readonly Lock _lock = new();
        private int _row;
        private int _column;
        private bool _wraps = true;

        public int Frames { get; private set; }

        public int Hidden { get; private set; }

        public string[] Lines
        {
            get
            {
                lock (_lock)
                    return [.. _lines.Select(line => new string(line).Replace('\0', ' ').TrimEnd())];
            }
        }

        public void Echo(string text)
        {
            lock (_lock)
                Show(text);
        }

        public override void Write(string? value)
        {
            lock (_lock)
            {
                Frames++;
                Show(value ?? "");
            }
        }

        public override Task WriteLineAsync()
        {
            Write("\n");
            return Task.CompletedTask;
        }

        private void Show(string text)
        {
            for (var at = 0; at < text.Length; at++)
            {
                if (text[at] == '\u001b' && Code.Match(text, at) is { Success: true, Index: var index } code && index == at)
                {
                    Do(code.Groups["letter"].Value, code.Groups["number"].Value);
                    at += code.Length - 1;
                }
                else if (text[at] is '\r' or '\n')
                    Break(isNext: text[at] == '\n');
                else
                    Put(text[at]);
            }
        }

        private void Do(string letter, string number)
        {
            switch (letter)
            {
                // Nobody can go above the top of the window, whatever was scrolled out of it.
                case "A":
                    _row = Math.Max(Math.Max(0, _lines.Count - height), _row - int.Parse(number));
                    break;
                case "K":
                    Array.Clear(_lines[_row], _column, width - _column);
                    break;
                case "J":
                    Array.Clear(_lines[_row], _column, width - _column);
                    foreach (var line in _lines.Skip(_row + 1))
                        Array.Clear(line);
                    break;
                case "h" or "l" when number == "?7":
                    _wraps = letter == "h";
                    break;
                case "l" when number == "?25":
                    Hidden++;
                    break;
            }
        }

        private void Break(bool isNext)
        {
            _column = 0;
            if (isNext && ++_row == _lines.Count)
                _lines.Add(new char[width]);
        }

        private void Put(char letter)
        {
            if (_column == width && _wraps)
                Break(isNext: true);
            _lines[_row][Math.Min(_column, width - 1)] = letter;
            _column = Math.Min(width, _column + 1);
        }
    }
}
