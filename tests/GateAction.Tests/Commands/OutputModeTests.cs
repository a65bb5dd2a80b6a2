using System.Text.Json;

namespace GateAction.Tests.Commands;

/// <summary>How much <c>run</c> and <c>decide</c> say: <c>--quiet</c>, <c>--verbose</c>, <c>--json</c>; and completions.</summary>
internal sealed class OutputModeTests
{
    private const string Manifest = """
        version: 1
        name: small
        secrets: [TOKEN]
        probes:
          gone: { http: "http://127.0.0.1:9/x/${TOKEN}?key=${TOKEN}", attempts: 1 }
          notes: { file: notes.txt }
        criteria:
          there: notes.exists
          gone: { pass: gone.ok, required: false }
        """;

    private CommandRun _run = null!;

    [SetUp]
    public void Prepare() => _run = new CommandRun()
        .With("gate.yml", Manifest).With("notes.txt", "x").WithVariable("TOKEN", "s3cr3t-value");

    [TearDown]
    public void Remove() => _run.Dispose();

    [Test]
    public async Task Quiet_is_the_verdict_with_its_score_and_nothing_else()
    {
        Assert.That(await _run.RunAsync("run", "--quiet"), Is.Zero);

        Assert.That(_run.Out.ReplaceLineEndings(" ").Trim(),
            Does.Match(@"\APassed with warnings, advisory and not met: gone \(.+\) 50% score, 100% measured\z"));
    }

    [Test]
    public async Task Json_is_the_verdict_and_nothing_else_of_run_and_of_decide()
    {
        Assert.That(await _run.RunAsync("run", "--json"), Is.Zero);
        using var ran = JsonDocument.Parse(_run.Out);
        Assert.That(await _run.RunAsync("decide", "--json", "--out", "other", "gate-report/evidence.json"), Is.Zero);
        using var decided = JsonDocument.Parse(_run.Out);

        Assert.That(ran.RootElement.GetProperty("state").GetString(), Is.EqualTo("warned"));
        Assert.That(Criteria(decided), Is.EqualTo(Criteria(ran)));
        Assert.That(_run.Read("gate-report/verdict.json").Trim(), Does.StartWith("{").And.Contain("\"warned\""));
    }

    private static string Criteria(JsonDocument verdict) => verdict.RootElement.GetProperty("criteria").GetRawText();

    [Test]
    public async Task Verbose_names_each_request_with_its_time_and_no_secret()
    {
        Assert.That(await _run.RunAsync("run", "--verbose"), Is.Zero);

        Assert.That(_run.Out, Does.Match(@"GET http://127\.0\.0\.1:9/x/\*\*\*\?…: connection refused \(127\.0\.0\.1:9\), \S+"));
        Assert.That(_run.Out, Does.Not.Contain("s3cr3t").And.Contain("• notes (file): size 1B"));
    }

    [TestCase("run", "--quiet", "--json")]
    [TestCase("run", "--json", "--verbose")]
    [TestCase("decide", "--quiet", "--verbose", "x.json")]
    public async Task Two_of_them_contradict_each_other(params string[] args)
    {
        Assert.That(await _run.RunAsync(args), Is.EqualTo(2));
        Assert.That(_run.Error, Does.Match("gate: '--[a-z]+' and '--[a-z]+' contradict each other; give one of them"));
    }

    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("fish")]
    [TestCase("pwsh")]
    public async Task Each_shell_gets_a_script_that_asks_the_program_itself(string shell)
    {
        Assert.That(await _run.RunAsync("completion", shell), Is.Zero);

        Assert.That(_run.Out, Does.Contain("[suggest:").And.Contain($"gate completion {shell}"));
    }

    [Test]
    public async Task Another_shell_is_told_which_there_are()
    {
        Assert.That(await _run.RunAsync("completion", "tcsh"), Is.EqualTo(2));

        Assert.That(_run.Error.Trim(),
            Is.EqualTo("gate: there is no completion for 'tcsh'; there is one for 'bash', 'zsh', 'fish', 'pwsh'"));
    }

    [TestCase("gate val", "validate")]
    [TestCase("gate run --report ", "status", "check", "both")]
    [TestCase("gate completion ", "bash", "zsh", "fish", "pwsh")]
    public async Task What_they_ask_is_answered_with_commands_options_and_words(string line, params string[] words)
    {
        Assert.That(await _run.RunAsync($"[suggest:{line.Length}]", line), Is.Zero);

        Assert.That(_run.Out.Split('\n'), Is.SupersetOf(words));
    }

    [TestCase("bash", "-c",
        "source script; COMP_LINE='gate val'; COMP_POINT=8; COMP_WORDS=(gate val); COMP_CWORD=1; _gate_complete; echo \"${COMPREPLY[*]}\"")]
    [TestCase("fish", "-c", "source script; complete -C 'gate val'")]
    [TestCase("zsh", "-fc", "compdef() { : }; compadd() { shift; echo $@ }; source script; CURSOR=8 BUFFER='gate val' _gate_complete")]
    [TestCase("pwsh", "-Command",
        "Get-Content script | Out-String | Invoke-Expression; (TabExpansion2 'gate val' 8).CompletionMatches.CompletionText")]
    public async Task The_script_works_in_its_shell(string shell, string option, string line)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, shell))
            .FirstOrDefault(File.Exists);
        if (OperatingSystem.IsWindows() || program is null)
            Missing.Tool($"there is no {shell}");
        await _run.RunAsync("completion", shell);
        _run.With("script", _run.Out).With("gate", "#!/bin/sh\n[ \"$1 $2\" = '[suggest:8] gate val' ] && echo validate\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_run.Folder, "gate"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var start = new System.Diagnostics.ProcessStartInfo(program!, [option, line])
        { WorkingDirectory = _run.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_run.Folder}:/usr/bin:/bin";
        start.Environment["HOME"] = _run.Folder;
        // PowerShell may be a tool of .NET.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        using var process = System.Diagnostics.Process.Start(start)!;
        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(told.Trim(), Is.EqualTo("validate"), await process.StandardError.ReadToEndAsync());
    }
}
