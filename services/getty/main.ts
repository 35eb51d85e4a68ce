import { existsSync, readFileSync } from 'node:fs';
import { hostname, machine, release } from 'node:os';
import type { TerminalProgram } from '../../lib/linux/terminal/pty.ts';
import { shellEnvironment, shellPrompt } from '../../lib/linux/terminal/shell-environment.ts';
import { log, readArguments, runService } from '../../lib/service/service.ts';
import { type ConsoleDevice, consoles } from './consoles.ts';
import { renderIssue } from './issue.ts';
import { serveConsole } from './respawn.ts';

await runService(main);

async function main(): Promise<void> {
  const values = readArguments({
    cmdline: { type: 'string', default: '/proc/cmdline' },
    shadow: { type: 'string', default: '/hostroot/etc/getty.shadow' },
    shell: { type: 'string', default: '/bin/sh' },
    home: { type: 'string', default: '/root' },
  });
  const found = consoles(
    readOrEmpty(values.cmdline),
    readOrEmpty('/sys/class/tty/console/active'),
    existsSync,
  );
  if (found.length === 0)
    return log.info('no console= of the kernel command line has a device: nothing to do');
  const insecure = /^(true|1|yes)$/.test(process.env.INSECURE ?? '');
  for (const console of found) {
    log.info(`${console.device}: ${insecure ? 'a root shell without a password (INSECURE)' : 'login'}`);
    const promptLogin = async (device: string): Promise<boolean> => {
      // Loaded only when needed: with INSECURE nothing is hashed.
      const { login } = await import('./login.ts');
      return login({
        device,
        hostname: hostname(),
        shadow: () => readOrEmpty(values.shadow),
        log: log.info,
        penaltyMs: 2000,
      });
    };
    void serveConsole(console, {
      banner: () => banner(console.name),
      login: insecure ? undefined : promptLogin,
      shell: (on) => shell(on, values.shell, values.home),
      log: log.info,
    });
  }
}

/** The issue file of the root file system if there is one, otherwise that of this image. */
function banner(line: string): string {
  const text = readOrEmpty('/hostroot/etc/issue') || readOrEmpty('/etc/issue');
  return renderIssue(text, { hostname: hostname(), line, release: release(), machine: machine() });
}

function shell({ device, term }: ConsoleDevice, file: string, home: string): TerminalProgram {
  const env = {
    ...shellEnvironment('root', home, file),
    TERM: term,
    TTY: device,
    PS1: shellPrompt,
  };
  return { file, args: ['-l'], env, cwd: existsSync(home) ? home : '/' };
}

/** An unreadable file counts as empty: no consoles, or no login. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
