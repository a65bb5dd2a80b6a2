#!/usr/bin/env node
// Writes an image of one layer for each processor as an OCI layout (https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md):
//   layout.mjs DIR VERSION amd64=ROOT.tar arm64=ROOT.tar
// Written here and not by a builder of images, because gzip itself packs the program 4 to 9 % smaller than what they are built with, and the same input gives the same bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [dir, version, ...roots] = process.argv.slice(2);
const created = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
const labels = {
  'org.opencontainers.image.title': 'GateAction',
  'org.opencontainers.image.version': version,
  'org.opencontainers.image.licenses': 'MIT',
  'org.opencontainers.image.created': created,
  ...(process.env.SOURCE_URL ? { 'org.opencontainers.image.source': process.env.SOURCE_URL } : {}),
  ...(process.env.SOURCE_COMMIT ? { 'org.opencontainers.image.revision': process.env.SOURCE_COMMIT } : {}),
};
const sha256 = bytes => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
mkdirSync(join(dir, 'blobs/sha256'), { recursive: true });

function blob(mediaType, content) {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  const digest = sha256(bytes);
  writeFileSync(join(dir, 'blobs', digest.replace(':', '/')), bytes);
  return { mediaType, digest, size: bytes.length };
}

const manifests = roots.map(root => {
  const [architecture, file] = root.split('=');
  const tar = readFileSync(file);
  const layer = blob('application/vnd.oci.image.layer.v1.tar+gzip', execFileSync('gzip', ['-9', '--no-name', '--stdout'], { input: tar, maxBuffer: 2 ** 30 }));
  const config = blob('application/vnd.oci.image.config.v1+json', {
    created, architecture, os: 'linux',
    config: { User: '0', Env: ['PATH=/usr/bin'], Entrypoint: ['/usr/bin/gate', 'run'], Labels: labels },
    rootfs: { type: 'layers', diff_ids: [sha256(tar)] },
    history: [{ created, created_by: '.ci/release/image' }],
  });
  const manifest = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config, layers: [layer], annotations: labels };
  return { ...blob(manifest.mediaType, manifest), platform: { architecture, os: 'linux' } };
});
const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests, annotations: labels };
writeFileSync(join(dir, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
writeFileSync(join(dir, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [{ ...blob(index.mediaType, index), annotations: { 'org.opencontainers.image.ref.name': version } }] }));
