/**
 * Runs in the machine on its Node: `by-hand WIDTH`, `supervisor`, `marks` or `deaths`. Each service of the
 * benchmark first creates a file in `marks`, whose timestamp is the time it started, so that no polling is
 * needed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

interface Runtime {
  readonly mkdir: readonly string[];
  readonly mounts: readonly {
    readonly destination: string;
    readonly type: string;
    readonly source: string;
    readonly options: readonly string[];
  }[];
}

const [bundles, marks, scripts] = ['/containers/services', '/run/marks', '/run/by-hand'];
const state = '/run/kit/supervisor/state.json';
const names = readdirSync(bundles);
const [verb, width = '1'] = process.argv.slice(2);

if (verb === 'by-hand') await byHand();
else if (verb === 'supervisor') restartSupervisor();
else if (verb === 'marks') printJson({ ms: (await lastMark()) - statSync('/run/kit/control.sock').mtimeMs });
else if (verb === 'deaths') await deaths();

function printJson(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** The baseline: a script for each container, run `width` at a time. */
async function byHand(): Promise<void> {
  clear();
  mkdirSync(scripts, { recursive: true });
  for (const name of names) writeScript(name);
  const started = Date.now();
  sh(`cd ${scripts} && printf '%s\\n' ${names.join(' ')} | xargs -P ${width} -I NAME sh NAME.sh`);
  printJson({ ms: (await lastMark()) - started });
}

function writeScript(name: string): void {
  const folder = `${bundles}/${name}`;
  const spec = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'));
  writeFileSync(
    `${scripts}/${name}.json`,
    JSON.stringify({ ...spec, root: { ...spec.root, path: `${folder}/rootfs` } }),
  );
  const { mkdir, mounts }: Runtime = JSON.parse(readFileSync(`${folder}/runtime.json`, 'utf8'));
  const lines = [`mkdir -p ${mkdir.join(' ')}`];
  for (const { destination, type, source, options } of mounts) {
    const writable = options.flatMap((option) => /^(?:upperdir|workdir)=(.+)$/.exec(option)?.[1] ?? []);
    if (writable.length > 0) lines.push(`mkdir -p ${writable.join(' ')}`);
    const flags = options.length > 0 ? `-o ${options.join(',')}` : '';
    lines.push(`mount -t ${type} ${flags} ${source} ${destination}`);
  }
  const flags = `--null-io --runc-binary crun --config ${scripts}/${name}.json`;
  lines.push(`exec ctr -n by-hand run -d ${flags} ${name}`);
  writeFileSync(`${scripts}/${name}.sh`, `set -e\n${lines.join('\n')}\n`);
}

/** Starts a supervisor without state, as at boot; this closes the connection of this program. */
function restartSupervisor(): void {
  clear();
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const supervisor = pids.find((pid) => commandOf(pid).includes('supervisor/main.mjs'));
  rmSync(state);
  process.kill(Number(supervisor), 'SIGKILL');
}

/** Removes the containers of both kinds. The supervisor must have stopped its services before. */
function clear(): void {
  for (const namespace of ['by-hand', 'services.linuxkit']) {
    const tasks = list(`ctr -n ${namespace} tasks ls -q`);
    if (tasks !== '') sh(`ctr -n ${namespace} tasks rm -f ${tasks}`);
    const containers = list(`ctr -n ${namespace} containers ls -q`);
    if (containers !== '') sh(`ctr -n ${namespace} containers rm ${containers}`);
  }
  const mounted = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  const own = mounted.filter((target) => target.startsWith(`${bundles}/`)).reverse();
  if (own.length > 0) sh(`umount ${own.join(' ')}`);
  rmSync(marks, { recursive: true, force: true });
}

/** Milliseconds from a kill until the next process runs, one service after another. */
async function deaths(): Promise<void> {
  const { services } = JSON.parse(readFileSync(state, 'utf8'));
  const times: number[] = [];
  for (const name of names.slice(0, 15)) {
    rmSync(`${marks}/${name}`);
    const killed = Date.now();
    process.kill(services[name].pid, 'SIGKILL');
    while (markOf(name) === 0) await pause(20);
    times.push(markOf(name) - killed);
  }
  printJson({ times });
}

/** Waits for all marks, since a started process may not have run yet. */
async function lastMark(): Promise<number> {
  for (let round = 0; round < 600 && names.some((name) => markOf(name) === 0); round += 1) await pause(100);
  const missing = names.filter((name) => markOf(name) === 0);
  if (missing.length > 0) throw new Error(`No mark of ${missing.join(', ')}`);
  return Math.max(...names.map(markOf));
}

function markOf(name: string): number {
  return statSync(`${marks}/${name}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has exited in the meantime.
    return '';
  }
}

function list(command: string): string {
  return sh(command).trim().replaceAll('\n', ' ');
}

function sh(script: string): string {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} exited with ${status}: ${stderr}`);
  return stdout;
}
