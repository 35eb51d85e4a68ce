import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/**
 * Set-up of the unit shelf: a unit test starts no process and opens no socket, so that the shelf takes
 * seconds and passes for every user. Node's permission model would forbid both too, but it also disables
 * fsync(2).
 */
function refuse(what: string): () => never {
  return () => {
    throw new Error(`A unit test may not ${what}: name the file NAME.real.test.ts (CONTRIBUTING, "Tests")`);
  };
}

const starts = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const;
for (const name of starts) Object.defineProperty(childProcess, name, { value: refuse('start a process') });
Object.defineProperty(net.Server.prototype, 'listen', { value: refuse('listen on a socket') });
Object.defineProperty(net.Socket.prototype, 'connect', { value: refuse('connect to a socket') });
syncBuiltinESMExports();
