import { dirname } from 'node:path';
import type { SbomImage } from '../../../build/image/sbom/sbom-images.ts';
import { statementLists } from '../../../build/image/sbom/statement.ts';
import {
  manifestPlatforms,
  nodeRange,
  readManifest,
} from '../../../build/packages/external/addons/staged-package.ts';
import { readPackageJson as readProject, requestsOf } from '../../../build/packages/external/lock/project.ts';
import { readPackageJson } from '../../../build/packages/project/package-json.ts';
import { readTsconfig } from '../../../build/packages/project/tsconfig.ts';
import { parseUri } from '../../../build/tools/apt/resolve.ts';
import { readValue, Unfit } from '../../../lib/service/rows.ts';
import { readServer } from '../../../services/syslog/server-address.ts';
import { inFile } from '../in-file.ts';
import { attempt, attemptLater, check, type Target, texts } from '../target.ts';

export const packageJson: Target = {
  reads: [
    'build/packages/external/addons/staged-package.ts#readManifest',
    'build/packages/external/lock/project.ts#readPackageJson',
    'build/packages/project/package-json.ts#readPackageJson',
  ],
  seeds: () =>
    texts(
      '{"name": "a", "version": "1.0.0", "engines": {"node": ">=20"}, "os": ["linux", "!win32"], "cpu": "x64"}',
      '\ufeff{"dependencies": {"a": "^1"}, "devDependencies": {"a": "2"}, "engines": ["node >= 0.8"]}',
    ),
  words: ['"engines":', '"os":', '"dependencies":', 'null', '[]', '"__proto__":', '{}', '\ufeff'],
  run: (bytes) =>
    inFile(
      bytes,
      async (file) => {
        const manifest = attempt(() => readManifest(dirname(file), 'a'));
        if (manifest) {
          nodeRange(manifest);
          for (const name of manifestPlatforms(manifest).os)
            check(typeof name === 'string', 'names are texts');
        }
        attempt(() => requestsOf(readProject(file)));
        attempt(() => readPackageJson(dirname(file)));
      },
      'package.json',
    ),
};

export const tsconfig: Target = {
  reads: ['build/packages/project/tsconfig.ts#readTsconfig'],
  seeds: () =>
    texts(
      '// x\n{"extends": ["./base.json"], "compilerOptions": {"experimentalDecorators": true,},}',
      "{extends: './input', compilerOptions: null}",
    ),
  words: ['"extends":', '"compilerOptions":', '"./', '/*', '//', "'", 'null', '[]', '"@a/b"'],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      attempt(() => readTsconfig(file));
    }),
};

export const attestation: Target = {
  reads: ['build/image/sbom/statement.ts#statementLists'],
  seeds: () =>
    texts(
      '{"predicate": {"spdxVersion": "SPDX-2.3", "packages": [{"SPDXID": "SPDXRef-a", "name": "a", "packageFileName": "/x"}], "files": [{"SPDXID": "SPDXRef-f", "fileName": "./etc/x"}], "relationships": [{"spdxElementId": "SPDXRef-a"}]}}',
    ),
  words: [
    '"predicate":',
    '"packages":',
    '"SPDXID":',
    '"files":',
    'LicenseRef-',
    '"fileName":"../',
    'null',
    '[',
  ],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      const image = { name: 'x', prefix: 'a/b' } as SbomImage;
      const lists = await attemptLater(() => statementLists(file, image, '1-'));
      for (const { SPDXID } of lists?.packages ?? []) check(typeof SPDXID === 'string', 'elements have ids');
    }),
};

export const aptUris: Target = {
  reads: ['build/tools/apt/resolve.ts#parseUri'],
  seeds: () =>
    texts(
      `'copy:/nonexistent/main/pool/main/c/crun/crun_1.21-1_amd64.deb' crun_1.21-1_amd64.deb 7 SHA256:${'a'.repeat(64)}`,
    ),
  words: ["'", '%', '%3a', '.deb', ' SHA256:', '_', '..'],
  run: (bytes) => {
    const suites = [{ name: 'trixie', archive: 'main' }] as const;
    attempt(() => parseUri(bytes.toString(), suites));
  },
};

export const serviceSettings: Target = {
  reads: ['lib/service/rows.ts#readValue', 'services/syslog/server-address.ts#readServer'],
  seeds: () =>
    texts('8080', '-1.5', 'true', '{"a": [1]}', 'tls://logs.example.org:6514', 'tcp://[fd00::1]:1'),
  words: ['1e9', '0x1', 'NaN', 'null', '__proto__', 'tls://', '@', ':0', '[::1]'],
  run: (bytes) => {
    const text = bytes.toString();
    const port = attempt(() => readValue({ type: 'integer', min: 1, max: 65_535 }, text), Unfit);
    check(port === undefined || (Number.isInteger(port) && Number(port) > 0), 'a number is one of the range');
    attempt(() => readValue({ type: 'number' }, text), Unfit);
    attempt(() => readValue({ type: 'boolean' }, text), Unfit);
    attempt(() => readValue({ type: 'json', check: (value) => value }, text), Unfit);
    const server = attempt(() => readServer(text));
    check(server === undefined || (server.host !== '' && server.port >= 0), 'a server has a host');
  },
};
