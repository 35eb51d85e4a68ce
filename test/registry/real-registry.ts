import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolCommand } from '../../build/tools/command.ts';
import { Authority } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { registryTools } from './tools.ts';

/** A registry started by a test. */
export interface TestRegistry {
  /** `localhost:41234` */
  readonly host: string;
  /** PEM of the authority that signed its certificate. */
  readonly authority: string | undefined;
  readonly authorityFile: string | undefined;
  /** Its storage, which tests may damage. */
  readonly storage: string;
  stop(): Promise<void>;
}

export interface Wanted {
  /** Require user `kit` and password `secret`. */
  readonly auth?: boolean;
  /** Use TLS, with a certificate of its own authority. */
  readonly tls?: boolean;
}

export const user = 'kit';
export const password = 'secret';
/** bcrypt of `secret`. */
const htpasswd = 'kit:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n';

/** Starts Debian's docker-registry on a free port of loopback. */
export async function startRegistry({ auth = false, tls = false }: Wanted = {}): Promise<TestRegistry> {
  const tools = await registryTools();
  const dir = mkdtempSync(join(tmpdir(), 'kit-registry-'));
  const port = await freePort();
  if (tls) await (await Authority.make(tools, dir)).sign('server', 'DNS:localhost,IP:127.0.0.1');
  const config = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(dir, 'storage') }, delete: { enabled: true } },
    http: {
      addr: `127.0.0.1:${port}`,
      ...(tls ? { tls: { certificate: join(dir, 'server.pem'), key: join(dir, 'server.key') } } : {}),
    },
    ...(auth ? { auth: { htpasswd: { realm: 'tests', path: join(dir, 'htpasswd') } } } : {}),
  };
  writeFileSync(join(dir, 'htpasswd'), htpasswd);
  writeFileSync(join(dir, 'config.yml'), JSON.stringify(config));
  const { file, args, env } = toolCommand(tools, 'docker-registry', ['serve', join(dir, 'config.yml')]);
  const child = spawn(file, args, { env: { ...env, OTEL_TRACES_EXPORTER: 'none' }, stdio: 'ignore' });
  await listening(port, () => child.exitCode === null);
  return {
    host: `localhost:${port}`,
    authority: tls ? readFileSync(join(dir, 'ca.pem'), 'latin1') : undefined,
    authorityFile: tls ? join(dir, 'ca.pem') : undefined,
    storage: join(dir, 'storage'),
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function listening(port: number, isAlive: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && isAlive(); tries += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch (thrown) {
      // A registry with TLS closes the connection or sends no HTTP: it is running.
      if (!/ECONNREFUSED/.test(String((thrown as Error).cause))) return;
      await sleep(25);
    }
  }
  throw new Error('the registry of the tests does not start');
}
