/** What kit does with one part of user data. */
export type Form =
  | { readonly kind: 'cloud-config' | 'archive' | 'linuxkit' | 'jinja' }
  /** Not obeyed: `what` it is, and why, as in "the user-data is …". */
  | { readonly kind: 'unobeyed'; readonly what: string }
  /** Meant for kit, but not written as it must be: `fault`, as in "Cannot read the user-data: …". */
  | { readonly kind: 'mistaken'; readonly fault: string };

const unobeyed = (what: string): Form => ({ kind: 'unobeyed', what });

const runsNothing = 'and kit runs no program out of metadata';
const script = unobeyed(`a script, ${runsNothing}`);
const windowsScript = unobeyed(`a script for Windows, ${runsNothing}`);

/**
 * cloud-init's forms: the words that their text begins with, in lower case, longest first, and the MIME types
 * of parts that need not begin with them (its "User data formats").
 */
const forms: readonly (readonly [start: string, types: readonly string[], form: Form])[] = [
  ['## template: jinja', ['text/jinja2'], { kind: 'jinja' }],
  ['#cloud-config-archive', ['text/cloud-config-archive'], { kind: 'archive' }],
  ['#cloud-config-jsonp', ['text/cloud-config-jsonp'], unobeyed('JSON Patch, which kit does not apply')],
  ['#cloud-config', ['text/cloud-config'], { kind: 'cloud-config' }],
  ['#cloud-boothook', ['text/cloud-boothook'], unobeyed(`a boot hook, ${runsNothing}`)],
  [
    '#include',
    ['text/x-include-url', 'text/x-include-once-url'],
    unobeyed('a list of addresses (#include), and kit fetches nothing for metadata'),
  ],
  ['#part-handler', ['text/part-handler'], unobeyed(`a program (#part-handler), ${runsNothing}`)],
  ['#upstart-job', ['text/upstart-job'], unobeyed('an Upstart job, and services come from the manifest')],
  ['#!', ['', '-per-boot', '-per-instance', '-per-once'].map((when) => `text/x-shellscript${when}`), script],
  ['#ps1', [], windowsScript],
  ['<powershell', [], windowsScript],
  ['<script', [], windowsScript],
  ['rem cmd', [], windowsScript],
];

/** The types that say nothing of a part; cloud-init and kit look into it then. */
const untold = [undefined, 'text/plain', 'text/x-not-multipart', 'application/octet-stream'];

/** The form of a part, by its MIME type if that says so, else by how it begins. */
export function formOf(bytes: Buffer, text: string, type: string | undefined): Form {
  const marked = begun(text);
  if (marked?.kind === 'jinja') return marked;
  const [, , typed] = forms.find(([, types]) => type !== undefined && types.includes(type)) ?? [];
  // Programs call all their parts scripts, so cloud-init, too, looks into those.
  const form = (typed === script ? (marked ?? typed) : typed) ?? marked ?? withoutMark(bytes, text);
  return form.kind === 'unobeyed' && form.what === unknown && !untold.includes(type)
    ? unobeyed(`of the type "${type}", which kit does not know`)
    : form;
}

/** Whether a text begins with the words of one of cloud-init's forms. */
export const isMarked = (text: string): boolean => begun(text) !== undefined;

function begun(text: string): Form | undefined {
  const start = text.slice(0, 200).trimStart().toLowerCase();
  return forms.find(([word]) => start.startsWith(word))?.[2];
}

const unknown = 'of no form that kit knows';

function withoutMark(bytes: Buffer, text: string): Form {
  if (text.trim() === '') return unobeyed('empty');
  if (text.trimStart().startsWith('{')) {
    const ignition = /^\s*\{\s*"ignition"\s*:/.test(text) || /"ignition"\s*:\s*\{\s*"version"/.test(text);
    return ignition ? unobeyed("Ignition's JSON, which kit does not obey") : { kind: 'linuxkit' };
  }
  const packed = packings.find(([magic]) => bytes.toString('latin1', 0, 6).startsWith(magic));
  if (packed) return unobeyed(`compressed by ${packed[1]}, and kit unpacks gzip alone`);
  const fault = misspelt(text);
  if (fault !== undefined) return { kind: 'mistaken', fault };
  return unobeyed(foreign.find(([pattern]) => pattern.test(text.slice(0, 65_536)))?.[1] ?? unknown);
}

const packings = [
  ['\xfd7zXZ', 'xz'],
  ['BZh', 'bzip2'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
  ['PK\x03\x04', 'zip'],
] as const;

/** How other tools' configuration shows. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/^\s*<(\?xml|Environment)/, 'XML, which kit does not read'],
  [/^variant:\s*\w/m, "Butane's YAML, the source of Ignition's, which kit does not obey"],
  [/^version:\s*v1alpha1\b|^machine:\s*$/m, 'a machine configuration of Talos, which kit does not obey'],
  [/^\[settings[.\]]/m, "Bottlerocket's TOML, which kit does not obey"],
  [/^(-----BEGIN PGP MESSAGE|-----BEGIN AGE ENCRYPTED|age-encryption\.org)/, 'encrypted'],
];

/** Text that is meant to be a cloud-config, though cloud-init too would pass over it. */
function misspelt(text: string): string | undefined {
  const lines = text.slice(0, 65_536).split('\n');
  const [first = ''] = lines;
  const like = /^#*\s*cloud[-_ ]?(init|config)\b/i.exec(first.trim().slice(0, 80));
  if (like) return `its first line is "${like[0]}", not "#cloud-config"`;
  const at = lines.findIndex((line) => /^#cloud-config\b/.test(line));
  if (at > 0) return `"#cloud-config" is in line ${at + 1}, and must be the first one`;
  return /^(ssh_authorized_keys|write_files|users|runcmd|hostname):/m.test(text.slice(0, 65_536))
    ? 'it looks like a cloud-config, but its first line is not "#cloud-config"'
    : undefined;
}
