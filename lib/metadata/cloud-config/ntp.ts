import { isIP } from 'node:net';
import { cleanHostname } from '../../net/hostname.ts';
import { listed, printable } from '../user-data/listed.ts';
import type { PlannedFile } from '../user-data/user-data-plan.ts';
import { isMap, textAt, textsOf, valueAt, type YamlMap } from '../yaml.ts';
import { lineOf } from '../yaml-lines.ts';

interface Time {
  readonly files: readonly PlannedFile[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** Below /run/config: where pkg/ntp looks for servers, one in a line, the first one first. */
const serversFile = 'ntp/servers';

const maximalServers = 32;

/** Keys of `ntp` that are obeyed. A pool is a name of several servers, which needs no key of its own. */
const obeyedKeys = ['servers', 'pools', 'enabled'];

/** The servers and pools of cloud-init's `ntp`, for the NTP service of the machine. */
export function readNtp(tree: YamlMap): Time {
  const value = valueAt(tree, 'ntp');
  if (value === undefined) return { files: [], problems: [], notes: [] };
  const place = lineOf(tree, 'ntp');
  if (!isMap(value) && value !== '')
    return { files: [], problems: [`Cannot read "ntp": expected keys and values${place}`], notes: [] };
  const notes: string[] = [];
  const ignored = isMap(value) ? Object.keys(value).filter((key) => !obeyedKeys.includes(key)) : [];
  if (ignored.length > 0) notes.push(`ignored keys of ntp: ${listed(ignored)}${place}`);
  if (/^(false|no|off|0)$/i.test(textAt(value, 'enabled') ?? ''))
    return {
      files: [],
      problems: [],
      notes: [...notes, `not obeyed: ntp is switched off${place}: ${services}`],
    };
  const named = [...textsOf(valueAt(value, 'servers')), ...textsOf(valueAt(value, 'pools'))];
  const given = named.filter((name) => name !== '');
  const servers = given.filter((name) => isIP(name) !== 0 || cleanHostname(name) !== undefined);
  const problems = given
    .filter((name) => !servers.includes(name))
    .slice(0, maximalServers)
    .map(
      (name) => `Cannot use the time server "${printable(name)}": neither a host name nor an address${place}`,
    );
  const distinct = [...new Set(servers)];
  if (distinct.length > maximalServers)
    problems.push(
      `Cannot use all ${distinct.length} time servers: the first ${maximalServers} count${place}`,
    );
  const text = distinct.slice(0, maximalServers).map((server) => `${server}\n`);
  if (text.length === 0) return { files: [], problems, notes };
  return {
    files: [{ path: serversFile, mode: 0o644, content: Buffer.from(text.join('')) }],
    problems,
    notes,
  };
}

const services = 'the manifest says which services run';

/** A name of the tz database: `Europe/Berlin`, `Etc/GMT+5`. */
const zoneName = /^[A-Za-z0-9_+-]{1,20}(\/[A-Za-z0-9_+-]{1,30}){0,2}$/;

/** The name of `timezone`, for services that want it: the machine itself, like its logs, has UTC. */
export function readTimezone(tree: YamlMap): Time {
  const value = valueAt(tree, 'timezone') ?? '';
  if (value === '') return { files: [], problems: [], notes: [] };
  const place = lineOf(tree, 'timezone');
  if (typeof value !== 'string' || !zoneName.test(value))
    return {
      files: [],
      problems: [`Cannot read "timezone": expected a name such as "Europe/Berlin"${place}`],
      notes: [],
    };
  const isUtc = /^(Etc\/)?(UTC|UCT|Universal|Zulu|GMT)$/i.test(value);
  return {
    files: [{ path: 'timezone', mode: 0o644, content: Buffer.from(`${value}\n`) }],
    problems: [],
    notes: isUtc ? [] : [`the machine's logs have UTC; "${value}" is in /run/config/timezone, for services`],
  };
}
