import { exactJson } from '../../lib/json/exact-json.ts';
import { confinedCommand } from '../../lib/process/confined-command.ts';
import type { ImageHints } from '../spec/image/image-hints.ts';
import { defaultMounts } from '../spec/oci/mounts.ts';
import type { Integer64, Spec, SpecMount } from '../spec/oci/oci-runtime.ts';
import { block, lineWidth, wrap } from './columns.ts';
import type { ExplainedEntry, ExplainedField, ExplainedOrigin } from './entry.ts';

/** The explanation of an entry for a terminal of 80 columns. */
export function entryText(entry: ExplainedEntry): string {
  const { section, name, place, image } = entry;
  const title = `${section} ${name}`;
  const said = entry.fields.filter((field) => !defaultSource(field));
  const ofKit = entry.fields.filter((field) => defaultSource(field) === 'kit' && !isIdle(field, section));
  const indent = Math.max(...said.map(({ field }) => field.length), 8) + 2;
  return [
    ...block(title, [''], title.length, place),
    ...wrap(`image ${image.ref}${image.ref === image.name ? '' : `, which is ${image.name}`}`, lineWidth),
    '',
    ...said.flatMap(({ field, value, from }) =>
      block(
        field,
        valueLines(value),
        indent,
        from.map((origin) => sourceText(origin, image.ref)).join(' and '),
      ),
    ),
    ...defaults("kit's defaults", ofKit),
    ...defaults(
      "LinuxKit's defaults",
      entry.fields.filter((field) => defaultSource(field) === 'LinuxKit'),
    ),
    ...imageLines(image.says),
    '',
    'becomes',
    ...outcome(entry).flatMap(([heading, lines]) =>
      lines.length > 0 ? block(`  ${heading}`, lines, 17) : [],
    ),
    '',
  ].join('\n');
}

function defaultSource({ from: [first] }: ExplainedField): 'kit' | 'LinuxKit' | undefined {
  return first?.source === 'kit' || first?.source === 'LinuxKit' ? first.source : undefined;
}

/** Fields that apply only to services, and those that do not apply to services. */
const ofServices: ReadonlySet<string> = new Set([
  'restart',
  'after',
  'ready',
  'liveness',
  'stopSignal',
  'stopTimeout',
]);
const ofTasks: ReadonlySet<string> = new Set(['onFailure', 'timeout']);

const isIdle = ({ field }: ExplainedField, section: ExplainedEntry['section']): boolean =>
  (section === 'services' ? ofTasks : ofServices).has(field);

function sourceText({ source, place }: ExplainedOrigin, ref: string): string {
  if (place !== undefined) return place;
  if (source === 'kit') return 'kit';
  return source === 'label' ? `label of ${ref}` : `config of ${ref}`;
}

function valueLines(value: unknown): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ['none'] : value.map(valueText);
  if (typeof value !== 'object' || value === null) return [value === '' ? '""' : String(value)];
  const pairs = Object.entries(value).map(([key, held]) => `${key}: ${valueText(held)}`);
  return pairs.length === 0 ? ['none'] : pairs;
}

const valueText = (value: unknown): string => (typeof value === 'string' ? value : exactJson(value));

/** Defaults in one paragraph, without empty ones. */
function defaults(heading: string, fields: readonly ExplainedField[]): string[] {
  const words = fields.flatMap(({ field, value, from }) => {
    const [{ reason } = {}] = from;
    return isEmpty(value) ? [] : [`${field}=${shortText(value)}${reason ? ` (because of ${reason})` : ''}`];
  });
  return words.length === 0 ? [] : ['', heading, ...wrap(`  ${words.join(' ')}`, lineWidth)];
}

/** Long lists of defaults by their length: `kit explain --json` has them. */
const shortText = (value: unknown): string =>
  Array.isArray(value) && value.length > 3 ? `${value.length}` : valueText(value);

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** What the image says that is no field of an entry. */
function imageLines({ ports, volumes, missed }: ImageHints): string[] {
  const rows: (readonly [heading: string, lines: readonly string[]])[] = [
    [
      'exposes',
      ports.length === 0
        ? []
        : [...ports, '(from outside: kit run --publish PORT:PORT, and `ports:` with a firewall)'],
    ],
    [
      'volumes',
      volumes.length === 0
        ? []
        : [...volumes, '(lost when the service starts again, unless a volume or a disk is bound there)'],
    ],
    ['not obeyed', missed],
  ];
  const said = rows.filter(([, lines]) => lines.length > 0);
  if (said.length === 0) return [];
  return ['', 'the image also says', ...said.flatMap(([heading, lines]) => block(`  ${heading}`, lines, 17))];
}

/** A summary of config.json. */
function outcome({
  config,
  runtime,
  image,
}: ExplainedEntry): (readonly [heading: string, lines: string[]])[] {
  const { process, root, linux } = config;
  const { uid, gid, additionalGids = [] } = process.user;
  const capabilities = process.capabilities.permitted ?? [];
  const written = root.readonly ? 'read-only' : 'written in memory';
  const namespaces = linux.namespaces.map(({ type, path }) => (path ? `${type} (${path})` : type));
  return [
    ['root', [`${image.layers} layer${image.layers === 1 ? '' : 's'}, ${written}`]],
    ['user', [`${[uid, gid, ...additionalGids].join(':')}`]],
    [
      'capabilities',
      [capabilities.length === 0 ? 'none' : `${capabilities.length}: ${capabilities.join(' ')}`],
    ],
    ['namespaces', [`${namespaces.join(', ')} of its own`]],
    ['confined', confinementLines(config)],
    ['mounts', mountLines(config)],
    ['devices', [...(linux.devices ?? []), ...(runtime.kit?.devices ?? [])].map(({ path }) => path)],
    ['control group', linux.cgroupsPath ? [linux.cgroupsPath] : []],
  ];
}

/** What the container cannot do, beyond its capabilities. */
function confinementLines({ process, linux }: Spec): string[] {
  const { prefix } = confinedCommand(process.args);
  const { seccomp, maskedPaths = [], readonlyPaths = [], resources } = linux;
  const { limit } = (resources.pids ?? {}) as { readonly limit?: Integer64 };
  const words = [
    seccomp ? 'system calls filtered' : 'any system call',
    process.noNewPrivileges ? 'no new privileges' : 'new privileges',
    `${maskedPaths.length} hidden and ${readonlyPaths.length} read-only paths`,
    ...(limit === undefined ? [] : [`${limit} tasks`]),
    ...(prefix[1] === undefined ? [] : [`by Landlock: ${prefix[1].replaceAll(',', ', ')}`]),
  ];
  return [words.join(', ')];
}

/** Mounts of the entry one by one, default ones on one line. */
function mountLines({ mounts, root }: Spec): string[] {
  // /sys is read-only by default, with a writable root, too.
  const defaults = [...defaultMounts(root.readonly ?? false), ...defaultMounts(true)];
  const usual = new Set(defaults.map((mount) => exactJson(mount)));
  const own = mounts.filter((mount) => !usual.has(exactJson(mount)));
  const rest = mounts.filter((mount) => usual.has(exactJson(mount)));
  return [...own.map(mountText), `the usual ${rest.map(({ destination }) => destination).join(' ')}`];
}

function mountText({ destination, type, source, options = [] }: SpecMount): string {
  const what = type === 'bind' ? source : source === type ? type : `${type} ${source}`;
  return `${destination} from ${what}${options.length > 0 ? ` (${options.join(',')})` : ''}`;
}
