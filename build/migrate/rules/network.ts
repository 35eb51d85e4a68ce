import { program } from '../context.ts';
import { takePart } from '../take.ts';
import { argumentsOf, askAbout, type Rule, runsAnother } from './rule.ts';

/** What dhcpcd(8) is told that pkg/dhcp does anyway. */
const quiet = new Set(['--nobackground', '-B', '--debug', '-d', '-q', '--quiet', '-4', '--ipv4only']);

/** `dhcpcd -1` waits for one lease and ends; without a cable LinuxKit's waits for ever. */
export const dhcpcd: Rule = (entry, image, context) => {
  if (runsAnother(entry, image, ['dhcpcd'], context)) return;
  takePart(entry, image, context);
  if (!entry.command) return;
  const words = [...argumentsOf(entry)];
  const found: string[] = [];
  const strange: string[] = [];
  let once = false;
  let timeout = '10';
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (quiet.has(word)) continue;
    if (word === '-1' || word === '--oneshot') once = true;
    else if (word === '-f' || word === '--config') {
      const file = words.shift() ?? '';
      if (file !== '/dhcpcd.conf') strange.push(file);
    } else if (word === '-t' || word === '--timeout') timeout = words.shift() ?? timeout;
    else if (/^[a-z][a-z0-9.]*$/.test(word)) found.push('--interface', word);
    else strange.push(word);
  }
  const own = [...(once ? ['--once', '--timeout', timeout] : []), ...found];
  entry.setCommand(own.length > 0 ? [...program, ...own] : undefined);
  context.rewriter.change(
    entry.at('command'),
    once ? `pkg/dhcp --once: one lease, within ${timeout} seconds` : 'pkg/dhcp needs no command',
  );
  askAbout(entry, strange, 'pkg/dhcp has no such setting (pkg/dhcp/build.yml lists what it has)', context);
};

/** Files of wg-quick(8), which LinuxKit's image reads by a script of its own. */
export const ip: Rule = (entry, image, context) => {
  const [name = ''] = entry.command ?? [];
  if (!name.endsWith('lk-wg-config')) {
    takePart(entry, image, context);
    return;
  }
  context.rewriter.ask(
    entry.item('command', 0),
    `"${entry.name}" reads a file of wg-quick by a script that pkg/ip does not have: the entry stays as it is`,
    'write the tunnel into `network:` (docs/network.md#wireguard), or give `wg setconf` a file of wg(8)',
  );
};

export const openntpd: Rule = (entry, image, context) => {
  if (runsAnother(entry, image, ['ntpd'], context)) return;
  takePart(entry, image, context);
  const strange = argumentsOf(entry).filter((word) => !/^-[dsv]+$/.test(word));
  if (entry.command) {
    entry.setCommand(undefined);
    context.rewriter.change(entry.at('command'), 'pkg/ntp needs no command');
  }
  const what = 'pkg/ntp takes its servers as arguments, from DHCP or the metadata (docs/time.md)';
  askAbout(entry, strange, what, context);
  const key = entry.bindsKey;
  for (const [at, bind] of (entry.texts(key) ?? []).entries())
    if (bind.includes('ntpd.conf'))
      context.rewriter.ask(entry.item(key, at), `"${bind}" of "${entry.name}": ${what}`);
};
