import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { addRemote } from '../../machine/lifecycle/add-remote.ts';
import { findMachine, isRemote, listMachines } from '../../machine/records/find.ts';
import type { RemoteMedia } from '../../machine/records/record.ts';
import { parse, program } from '../flags/program.ts';

interface AddFlags {
  readonly tlsDir: string;
  readonly serverName?: string;
}

const examples = `
Examples:
  kit remote add vm1 vm1.example.org:4911 --tls-dir ~/.kit/vm1    from now on vm1 is a machine as any other
  kit remote add vm2 192.0.2.7:4911 --tls-dir certs --server-name vm2
  kit logs -f vm1
  kit remote ls --json                                            [{name, address, tlsDir, serverName}]
  kit remote rm vm1                                               forget it; nothing happens to the machine

The folder of --tls-dir holds ca.pem, cert.pem and key.pem, and stays where it is. docs/access.md tells how to make them, and
what the machine's manifest says.`;

/** `kit remote`: machines that run elsewhere and let clients with certificates in. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('remote', context)
    .description('Know machines that run elsewhere.')
    .addHelpText('after', examples);
  command
    .command('add <name> <address>')
    .description('ask the machine at host:port for its status, and remember it')
    .requiredOption('--tls-dir <dir>', 'folder with ca.pem, cert.pem and key.pem')
    .option('--server-name <name>', "the name in the machine's certificate, where it is not the host")
    .action((name: string, address: string, flags: AddFlags) => add(name, address, flags, context));
  command
    .command('ls')
    .description('list them')
    .option('--json', 'print JSON')
    .action(({ json }: { readonly json?: boolean }) => list(json === true, context));
  command
    .command('rm <name>')
    .description('forget one')
    .action((name: string) => remove(name, context));
  return parse(command, args);
}

async function add(name: string, address: string, flags: AddFlags, context: Context): Promise<void> {
  const { tlsDir, serverName } = flags;
  const remote: RemoteMedia = {
    ...{ kind: 'remote', address, tlsDir: resolve(context.cwd, tlsDir) },
    ...(serverName && { serverName }),
  };
  const { hostname } = await addRemote(context.env, name, remote);
  context.stdout.write(`${name} is ${hostname === '' ? 'a machine' : `"${hostname}"`} at ${address}\n`);
}

async function list(json: boolean, { env, stdout }: Context): Promise<void> {
  const rows = (await listMachines(env)).flatMap(({ record: { name, boot } }) => {
    if (boot.kind !== 'remote') return [];
    const { kind: _, ...rest } = boot;
    return [{ name, ...rest }];
  });
  if (json) stdout.write(`${JSON.stringify(rows)}\n`);
  else if (rows.length === 0) stdout.write('No remote machines.\n');
  else {
    stdout.write(
      table([['NAME', 'ADDRESS', 'TLS FILES'], ...rows.map((row) => [row.name, row.address, row.tlsDir])]),
    );
  }
}

async function remove(name: string, { env }: Context): Promise<void> {
  const machine = await findMachine(env, name);
  if (!isRemote(machine)) {
    throw new KitError(`Cannot forget machine "${name}": it runs here`, { hint: `kit stop ${name} ends it` });
  }
  await rm(machine.dir, { recursive: true });
}
