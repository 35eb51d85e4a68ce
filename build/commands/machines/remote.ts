import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program, subcommand } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { addRemote } from '../../machine/lifecycle/add-remote.ts';
import { findMachine, isRemote, listMachines } from '../../machine/records/find.ts';
import type { RemoteMedia } from '../../machine/records/record.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

interface AddFlags {
  readonly tlsDir: string;
  readonly serverName?: string;
}

const examples: Examples = {
  rows: [
    ['kit remote add vm1 vm1.example.org:4911 --tls-dir ~/.kit/vm1', 'use the name vm1 in other commands'],
    ['kit remote add vm2 192.0.2.7:4911 --tls-dir certs --server-name vm2'],
    ['kit logs -f vm1'],
    ['kit remote ls --json', '[{name, address, tlsDir, serverName}]'],
    ['kit remote rm vm1', 'forget vm1; the machine keeps running'],
  ],
  notes: `
The folder of --tls-dir contains ca.pem, cert.pem and key.pem. It is used in place, not copied. docs/access.md
explains how to create the files, and what the manifest of the machine must contain.`,
};

/** `kit remote`: manages the list of machines on other hosts. */
export function verb(context: Context): KitCommand {
  const command = program('remote', context)
    .description('Manage machines that run on other hosts.')
    .withExamples(examples);
  subcommand(command, 'add <new-name> <address>')
    .description('connect to the machine at host:port, and remember it')
    .requiredOption('--tls-dir <dir>', 'folder with ca.pem, cert.pem and key.pem')
    .option('--server-name <name>', 'name in the certificate of the machine, if it is not the host')
    .action((name: string, address: string, flags: AddFlags) => add(name, address, flags, context));
  withJson(subcommand(command, 'ls'))
    .description('list the machines')
    .action((flags: JsonFlag) => list(flags, context));
  subcommand(command, 'rm <machine>')
    .description('forget a machine')
    .action((name: string) => remove(name, context));
  return command;
}

async function add(name: string, address: string, flags: AddFlags, context: Context): Promise<void> {
  const { tlsDir, serverName } = flags;
  const remote: RemoteMedia = {
    ...{ kind: 'remote', address, tlsDir: resolve(context.cwd, tlsDir) },
    ...(serverName && { serverName }),
  };
  const { hostname } = await addRemote(context.env, name, remote);
  const what = hostname === '' ? 'a machine' : `"${hostname}"`;
  printResult(context, {}, undefined, `${name} is ${what} at ${address}\n`);
}

async function list(flags: JsonFlag, context: Context): Promise<void> {
  const rows = (await listMachines(context.env)).flatMap(({ record: { name, boot } }) => {
    if (boot.kind !== 'remote') return [];
    const { kind: _, ...rest } = boot;
    return [{ name, ...rest }];
  });
  const cells = rows.map(({ name, address, tlsDir }) => [name, address, tlsDir]);
  const text =
    rows.length === 0 ? 'No remote machines.\n' : table([['NAME', 'ADDRESS', 'TLS FILES'], ...cells]);
  printResult(context, flags, rows, text);
}

async function remove(name: string, { env }: Context): Promise<void> {
  const machine = await findMachine(env, name);
  if (!isRemote(machine)) {
    throw new KitError(`Cannot forget machine "${name}": it runs on this host`, {
      hint: `kit stop ${name} stops it`,
    });
  }
  await rm(machine.dir, { recursive: true });
}
