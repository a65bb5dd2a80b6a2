#!/usr/bin/env node
// The parts of what ships: the packages of the lock file, the runtime, and what the image takes from the system.
//   parts.mjs notices                 writes THIRD-PARTY-NOTICES.md; with --check it only says whether that is the file
//   parts.mjs sbom NAME VERSION [ROOT]  prints the parts as SPDX 2.3 (https://spdx.github.io/spdx-spec/v2.3/); with ROOT, a folder laid out by
//                                     .ci/image-root, also the libraries in it
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const packages = process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget/packages');

function lockedPackages() {
  const lock = JSON.parse(readFileSync(join(root, 'src/GateAction/packages.lock.json'), 'utf8'));
  const seen = new Map();
  for (const [name, entry] of Object.entries(Object.values(lock.dependencies)[0]))
    if (entry.type !== 'Project' && !name.startsWith('Microsoft.CodeAnalysis.')) seen.set(name, entry.resolved);
  return [...seen].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).map(([name, version]) => describe(name, version));
}

function describe(name, version) {
  const file = join(packages, name.toLowerCase(), version.toLowerCase(), `${name.toLowerCase()}.nuspec`);
  if (!existsSync(file)) fail(`${name} ${version} is not among the restored packages; run 'dotnet restore' first`);
  const spec = readFileSync(file, 'utf8');
  const text = tag => decode(spec.match(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`))?.[1]?.trim() ?? '');
  if (!/<license type="expression">/.test(spec)) fail(`${name} ${version} names no licence by its identifier (https://spdx.org/licenses); say here which it is`);
  const licence = text('license');
  return { name, version, licence, copyright: text('copyright') || `Copyright ${text('authors')}`, url: text('projectUrl'), purl: `pkg:nuget/${name}@${version}` };
}

const decode = text => text.replaceAll('&#169;', '©').replaceAll('&#xA9;', '©').replaceAll('&copy;', '©').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

function fail(message) {
  console.error(`parts: ${message}`);
  process.exit(1);
}

// What comes with the program or the image and from no package.
const runtime = () => ({
  name: '.NET runtime', version: JSON.parse(readFileSync(join(root, 'global.json'), 'utf8')).sdk.version.replace(/\.\d+$/, ''), licence: 'MIT',
  copyright: '© .NET Foundation and Contributors', url: 'https://github.com/dotnet/runtime',
});
const system = [
  { name: 'glibc', library: 'libc.so.6', debian: 'libc6', licence: 'LGPL-2.1-or-later', copyright: 'Copyright Free Software Foundation, Inc.', url: 'https://www.gnu.org/software/libc/' },
  { name: 'OpenSSL', library: 'libssl.so.3', debian: 'libssl3', licence: 'Apache-2.0', copyright: 'Copyright The OpenSSL Project Authors', url: 'https://www.openssl.org' },
  { name: 'Mozilla CA certificates', debian: 'ca-certificates', licence: 'MPL-2.0', copyright: 'Copyright Mozilla Contributors', url: 'https://wiki.mozilla.org/CA' },
  { name: 'IANA time zone database', debian: 'tzdata', licence: 'LicenseRef-public-domain', copyright: 'In the public domain', url: 'https://www.iana.org/time-zones' },
];

const licenceText = id => readFileSync(join(root, `.ci/release/licences/${id}.txt`), 'utf8').replace(/^\n+/, '');

function notices() {
  const line = part => `| ${part.url ? `[${part.name}](${part.url})` : part.name} | ${part.version ?? ''} | ${part.licence} | ${part.copyright.replaceAll('|', '\\|').replace(/\s+/g, ' ')} |`;
  const all = lockedPackages();
  const licences = [...new Set([...all, runtime(), ...system].map(part => part.licence))].filter(id => !id.startsWith('LicenseRef')).sort();
  return `# Third-party notices

GateAction itself is under the [MIT licence](LICENSE). What ships with it is listed here, made by \`.ci/release/parts.mjs notices\` from the packages that were restored.

## In the program

| part | version | licence | copyright |
|---|---|---|---|
${[runtime(), ...all].map(part => line({ ...part, version: part.name === '.NET runtime' ? '' : part.version })).join('\n')}

The .NET runtime holds parts of others; its own list of them is in every archive and in the image, as \`dotnet-THIRD-PARTY-NOTICES.TXT\`.

## In the image only

Taken unchanged from Debian or Ubuntu; their sources are at https://sources.debian.org and https://launchpad.net/ubuntu. What each says of its authors is in the image, below \`/usr/share/doc\`.

| part | version | licence | copyright |
|---|---|---|---|
${system.map(line).join('\n')}

## The licences

${licences.map(id => `- ${id}: https://spdx.org/licenses/${id}.html`).join('\n')}

${['MIT', 'BSD-3-Clause', 'Apache-2.0'].map(id => `### ${id}\n\n${licenceText(id)}`).join('\n')}`;
}

function sbom(name, version, imageRoot) {
  const parts = [runtime(), ...lockedPackages()];
  if (imageRoot)
    for (const part of system) {
      const installed = debianVersion(part.debian);
      const found = part.library && find(join(imageRoot, 'lib'), part.library);
      parts.push({ ...part, version: installed, purl: installed ? `pkg:deb/${part.debian}@${encodeURIComponent(installed)}` : undefined, sha256: found && createHash('sha256').update(readFileSync(found)).digest('hex') });
    }
  const id = part => `SPDXRef-${part.name.replace(/[^A-Za-z0-9.-]+/g, '-')}`;
  const packageOf = part => ({
    SPDXID: id(part), name: part.name, versionInfo: part.version, downloadLocation: part.url || 'NOASSERTION', filesAnalyzed: false,
    licenseConcluded: part.licence, licenseDeclared: part.licence, copyrightText: part.copyright,
    ...(part.sha256 ? { checksums: [{ algorithm: 'SHA256', checksumValue: part.sha256 }] } : {}),
    ...(part.purl ? { externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: part.purl }] } : {}),
  });
  const own = { name, version, licence: 'MIT', copyright: 'Copyright The GateAction authors' };
  const at = new Date(process.env.SOURCE_DATE_EPOCH ? process.env.SOURCE_DATE_EPOCH * 1000 : Date.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    spdxVersion: 'SPDX-2.3', dataLicense: 'CC0-1.0', SPDXID: 'SPDXRef-DOCUMENT', name: `${name} ${version}`,
    documentNamespace: `https://spdx.example.com/${encodeURIComponent(name)}-${version}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)}`,
    creationInfo: { created: at, creators: ['Tool: gate-action-parts'] },
    packages: [own, ...parts].map(packageOf),
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: id(own) },
      ...parts.map(part => ({ spdxElementId: id(own), relationshipType: 'CONTAINS', relatedSpdxElement: id(part) })),
    ],
    hasExtractedLicensingInfos: imageRoot ? [{ licenseId: 'LicenseRef-public-domain', extractedText: 'The time zone database is in the public domain.', name: 'public domain' }] : [],
  };
}

function debianVersion(name) {
  try { return execFileSync('dpkg-query', ['--show', '--showformat=${Version}\n', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0]; } catch { return undefined; }
}

function find(folder, name) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === name) return join(folder, name);
    const below = entry.isDirectory() && find(join(folder, entry.name), name);
    if (below) return below;
  }
  return undefined;
}

const [what, ...rest] = process.argv.slice(2);
if (what === 'notices') {
  const file = join(root, 'THIRD-PARTY-NOTICES.md');
  if (!rest.includes('--check')) writeFileSync(file, notices());
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== notices()) fail("THIRD-PARTY-NOTICES.md does not list what is in the lock file; run '.ci/release/parts.mjs notices'");
} else if (what === 'sbom' && rest.length >= 2) console.log(JSON.stringify(sbom(...rest), null, 2));
else fail('usage: parts.mjs notices [--check] | sbom NAME VERSION [ROOT]');
