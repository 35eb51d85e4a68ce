import { isAbsolute } from 'node:path';
import { parseImageRef, refKey } from '../../../build/reference/image-ref.ts';
import { formatReference, parseReference } from '../../../build/reference/reference.ts';
import { readChallenge } from '../../../build/registry/challenge.ts';
import { kitImageDefaults } from '../../../build/spec/image/image-defaults.ts';
import { imageHints } from '../../../build/spec/image/image-hints.ts';
import { readImageConfig, readImageManifest, readIndex } from '../../../lib/oci/read.ts';
import { attempt, check, type Target, texts } from '../target.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const descriptor = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 7 };

export const wwwAuthenticate: Target = {
  reads: ['build/registry/challenge.ts#readChallenge'],
  seeds: () =>
    texts(
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"',
      'Basic realm="a \\"b\\"", Bearer realm=x',
      'Negotiate, NTLM, Basic realm="x"',
    ),
  words: ['Bearer ', 'Basic ', 'realm=', '"', '\\"', ', ', 'scope="', 'error="invalid_token"', 'Digest'],
  run: (bytes) => {
    const challenge = readChallenge(bytes.toString('latin1'));
    for (const value of Object.values(challenge?.parameters ?? {})) check(typeof value === 'string', 'texts');
  },
};

export const reference: Target = {
  reads: ['build/reference/reference.ts#parseReference'],
  seeds: () =>
    texts('redis:7', `ghcr.io/me/x:1@${digest}`, 'localhost:5000/a/b__c', '[::1]:5000/x', 'a.b/c-d.e'),
  words: [
    'docker.io/',
    'localhost',
    ':5000',
    '/library/',
    ':latest',
    '@sha256:',
    'a'.repeat(64),
    '__',
    '[::1]',
    '//',
  ],
  run: (bytes) => {
    const parsed = attempt(() => parseReference(bytes.toString()));
    if (!parsed) return;
    const text = formatReference(parsed);
    check(formatReference(parseReference(text)) === text, 'the canonical form is its own');
    check(!/[^\w./:@[\]-]/.test(text), 'a name has no characters of shells');
    // A tag may have them: it begins with none.
    const { registry, repository } = parsed;
    check(!/\.\.|\/\./.test(`${registry}/${repository}`), 'a name has no steps of paths');
  },
};

export const imageRef: Target = {
  reads: ['build/reference/image-ref.ts#parseImageRef', 'build/reference/archive-ref.ts#archiveRef'],
  seeds: () =>
    texts(
      ...['oci:/a/b:c:tag', 'oci-archive:x.tar:@1', `docker-archive:/a.tar:redis:7@${digest}`, 'pkg/sshd'],
      ...['./web', 'docker://redis', 'docker-daemon:x', '../x/y', 'redis:7', 'containers-storage:x'],
    ),
  words: [
    'oci:',
    'oci-archive:',
    'docker-archive:',
    'docker://',
    ':@',
    '@sha256:',
    '/',
    '..',
    './',
    ':',
    'pkg/',
  ],
  run: (bytes) => {
    const ref = attempt(() => parseImageRef(bytes.toString(), { folder: '/folder' }));
    if (!ref) return;
    check(refKey(ref) !== '', 'every reference has a key');
    const files = ref.kind === 'archive' ? ref.readings.map(({ file }) => file) : [];
    const folders = ref.kind === 'package' ? ref.folders : [];
    for (const path of [...files, ...folders])
      check(isAbsolute(path) && !path.includes('\0'), 'paths are whole');
  },
};

export const imageIndex: Target = {
  reads: ['lib/oci/read.ts#readIndex'],
  seeds: () =>
    texts(
      JSON.stringify({
        ...{ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json' },
        manifests: [{ ...descriptor, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }],
      }),
      JSON.stringify({ schemaVersion: 2, manifests: [] }),
    ),
  words: ['"manifests":', '"platform":', '"annotations":', 'null', '[]', '{}', '"__proto__":', '1e999', '-1'],
  run: (bytes) => {
    const index = attempt(() => readIndex(bytes, 'index.json'));
    for (const { size } of index?.manifests ?? []) check(Number.isSafeInteger(size), 'sizes are whole');
  },
};

export const imageManifest: Target = {
  reads: ['lib/oci/read.ts#readImageManifest'],
  seeds: () =>
    texts(
      JSON.stringify({
        ...{ schemaVersion: 2, mediaType: 'application/vnd.docker.distribution.manifest.v2+json' },
        ...{ config: descriptor, layers: [descriptor], annotations: { a: 'b' } },
      }),
    ),
  words: [
    '"config":',
    '"layers":',
    '"annotations":',
    'null',
    '[]',
    '{}',
    '"__proto__":',
    '"digest":',
    digest,
  ],
  run: (bytes) => {
    attempt(() => readImageManifest(bytes, 'manifest'));
  },
};

export const imageConfig: Target = {
  reads: ['lib/oci/read.ts#readImageConfig', 'lib/oci/image-config.ts#readRunConfig'],
  seeds: () =>
    texts(
      JSON.stringify({
        ...{ architecture: 'amd64', os: 'linux', created: '2026-01-01T00:00:00Z' },
        config: {
          ...{ Entrypoint: ['/a'], Cmd: null, Env: ['A=b'], Labels: null, WorkingDir: '/', User: '1:1' },
          ...{ Shell: ['/bin/sh', '-c'], StopSignal: 'SIGRTMIN+3', StopTimeout: 10, Memory: 1, Volume: '' },
          Healthcheck: { Test: ['CMD-SHELL', 'a'], Interval: 3e10, Timeout: 0, Retries: 3 },
          ...{ ExposedPorts: { '80/tcp': {} }, Volumes: { '/data': {} } },
        },
        rootfs: { type: 'layers', diff_ids: [digest] },
      }),
    ),
  words: ['"config":', '"Entrypoint":', '"Labels":', '"Env":', 'null', '[]', '{}', '"__proto__":', digest],
  run: (bytes) => {
    attempt(() => {
      const { config } = readImageConfig(bytes, 'config');
      kitImageDefaults(config, 'services', undefined);
      imageHints(config);
    });
  },
};
