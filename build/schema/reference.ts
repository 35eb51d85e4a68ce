import { stringify } from 'yaml';
import { want } from '../manifest/check.ts';
import { entryFields, fileFields, kernelFields, manifestFields, volumeFields } from '../manifest/fields.ts';
import type { Field, Fields, Kind } from '../manifest/kinds.ts';

/** Maps that have a chapter of their own; others are shown where they are used. */
const chapters: readonly (readonly [title: string, fields: Fields, about: string])[] = [
  ['kernel', kernelFields, 'With several manifests, the last one that sets a field to something wins.'],
  [
    'Image entries',
    entryFields,
    "The items of `onboot`, `onshutdown` and `services`. A package or image may carry defaults for all fields but `name` and `image` (`config` in build.yml, LinuxKit's label `org.mobyproject.config`); a value in the manifest replaces that of the label whole, unless the field says otherwise.",
  ],
  [
    'files',
    fileFields,
    'Exactly one of `directory`, `symlink`, `contents`, `source` and `metadata` says what it is.',
  ],
  ['volumes', volumeFields, 'Folders that containers share; they live as long as the machine runs.'],
];

/** docs/manifest.md: an introduction, then every row of the table of fields. @param introduction Markdown */
export function manifestReference(introduction: string): string {
  return [
    introduction.trimEnd(),
    chapter('Top level', manifestFields, 'All keys are optional; an empty manifest is one, too.'),
    ...own().map(([key, field]) => chapter(key, fieldsOf(field.kind) ?? {}, field.help)),
    ...chapters.map(([title, fields, about]) => chapter(title, fields, about)),
  ].join('\n\n');
}

/** Maps of the top level that stand for nothing else: `network:`, `budgets:`… */
function own(): [string, Field][] {
  const known = new Set<unknown>(chapters.map(([, fields]) => fields));
  return Object.entries<Field>(manifestFields).filter(([key, { kind }]) => {
    const fields = fieldsOf(kind);
    return fields && !known.has(fields) && key !== 'trust';
  });
}

function fieldsOf(kind: Kind): Fields | undefined {
  if (kind.kind === 'list' || kind.kind === 'map') return fieldsOf(kind.of);
  return kind.kind === 'record' ? kind.fields : undefined;
}

function chapter(title: string, fields: Fields, about: string): string {
  const sections = Object.entries(fields).map(([key, field]) => section(key, field));
  return [`## ${title}`, about, ...sections].join('\n\n');
}

function section(key: string, field: Field): string {
  const facts: (readonly [string, string | undefined])[] = [
    ['Type', typeText(field.kind)],
    ['Required', field.required && 'yes'],
    ['Default', field.default],
    ['Merge', field.merge],
    ['Becomes', field.effect],
    ['LinuxKit', field.linuxkit],
  ];
  const lines = facts.flatMap(([name, text]) => (text ? [`- ${name}: ${text}`] : []));
  return [
    `### \`${key}\``,
    field.help,
    lines.join('\n'),
    ...(hasChapter(field.kind) ? [] : [nested(field.kind, '')]),
    ...(field.example === undefined ? [] : [exampleOf(key, field.example)]),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function hasChapter(kind: Kind): boolean {
  const fields = fieldsOf(kind);
  return chapters.some(([, known]) => known === fields) || own().some(([, field]) => field.kind === kind);
}

function exampleOf(key: string, example: unknown): string {
  const yaml = stringify({ [key]: example }, { lineWidth: 0, collectionStyle: 'any' });
  return `\`\`\`yaml\n${yaml}\`\`\``;
}

/** The keys of a nested map as one table, those of maps in it with their way: `memory.limit`. */
function nested(kind: Kind, prefix: string): string {
  const rows = nestedRows(kind, prefix);
  if (rows.length === 0) return '';
  const lines = rows.map(([key, { kind: its, help, default: absent, required, linuxkit }]) => {
    const more = [
      required && 'Required.',
      absent && `Default: ${absent}.`,
      linuxkit && `LinuxKit: ${linuxkit}`,
    ];
    return `| \`${key}\` | ${cell(typeText(its))} | ${cell([help, ...more].filter(Boolean).join(' '))} |`;
  });
  return ['| key | type | meaning |', '|---|---|---|', ...lines].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function nestedRows(kind: Kind, prefix: string): [string, Field][] {
  const fields = fieldsOf(kind);
  if (!fields) return [];
  return Object.entries(fields).flatMap(([key, field]): [string, Field][] => {
    const path = `${prefix}${key}`;
    const step = field.kind.kind === 'list' ? '[].' : '.';
    return [[path, field], ...nestedRows(field.kind, `${path}${step}`)];
  });
}

function typeText(kind: Kind): string {
  if (kind.kind === 'list') return `list of ${plural(kind.of)}`;
  if (kind.kind === 'map') return `map of ${plural(kind.of)} by name`;
  if (kind.kind === 'record') return 'map';
  if (kind.kind === 'choice') return kind.values.map((value) => `\`${value}\``).join(', ');
  if (kind.kind === 'either') return kind.of.map(typeText).join(', or ');
  return want(kind).replace(/^a /, '');
}

function plural(kind: Kind): string {
  if (kind.kind === 'record') return 'maps';
  if (kind.kind === 'text' && kind.want === undefined) return 'texts';
  return kind.kind === 'either' ? kind.of.map(plural).join(' or ') : `items, each ${want(kind)}`;
}
