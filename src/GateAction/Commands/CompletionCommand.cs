using System.CommandLine;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate completion</c>: what a shell must know to complete commands, options and their words. The script asks the program
/// itself, so it never grows old.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # In ~/.bashrc: source <(gate completion bash)
            _gate_complete() {
              local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
              COMPREPLY=($(compgen -W "$(gate "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word"))
            }
            complete -o default -F _gate_complete gate
            """,
        ["zsh"] = """
            # In ~/.zshrc, after compinit: source <(gate completion zsh)
            _gate_complete() {
              local -a found
              found=("${(@f)$(gate "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              [[ -n "$found" ]] && compadd -- $found || _files
            }
            compdef _gate_complete gate
            """,
        ["fish"] = """
            # In ~/.config/fish/config.fish: gate completion fish | source
            complete -c gate -a '(set -l line (commandline -cp); gate "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
            """,
        ["pwsh"] = """
            # In $PROFILE: gate completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName gate -ScriptBlock {
              param($word, $line, $at)
              gate "[suggest:$at]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }
            """,
    };

    public static Command Create(Shell shell)
    {
        var name = new Argument<string>("SHELL") { Description = $"Whose script: {string.Join(", ", Scripts.Keys)}." };
        name.CompletionSources.Add([.. Scripts.Keys]);
        var command = new GateCommand("completion", "Writes the script by which a shell completes commands and options.", (0, "written"),
            (2, "there is no such shell")) { name };
        command.SetAction(async (parse, _) =>
        {
            var asked = parse.GetValue(name)!;
            await shell.Out.WriteLineAsync(Scripts.GetValueOrDefault(asked) ?? throw new GateException(
                $"there is no completion for '{asked}'; there is one for {string.Join(", ", Scripts.Keys.Select(known => $"'{known}'"))}"));
            return 0;
        });
        return command;
    }
}
