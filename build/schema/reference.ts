import { stringify } from 'yaml';
import { kindText } from '../manifest/check.ts';
import { entryFields, fileFields, kernelFields, manifestFields, volumeFields } from '../manifest/fields.ts';
import type { Field, Fields, Kind } from '../manifest/kinds.ts';

/** Maps with a chapter of their own. Other maps are documented as a table at the field that has them. */
const chapters: readonly (readonly [title: string, fields: Fields, about: string])[] = [
  ['kernel', kernelFields, 'If several manifests set a field, the last non-empty value wins.'],
  [
    'Image entries',
    entryFields,
    [
      'The items of `onboot`, `onshutdown` and `services`. A package or image can define defaults for',
      "all fields except `name` and `image` (`config` in build.yml, LinuxKit's label",
      '`org.mobyproject.config`). A value in the manifest replaces that of the label, unless the field',
      'says otherwise.',
    ].join('\n'),
  ],
  [
    'files',
    fileFields,
    'Each item has exactly one of `directory`, `symlink`, `contents`, `source` and `metadata`.',
  ],
  [
    'volumes',
    volumeFields,
    'Folders that containers share. What is written to them is lost when the machine stops.',
  ],
];

/** docs/manifest.md: the introduction, then every row of the field table. @param introduction Markdown */
export function manifestReference(introduction: string): string {
  return [
    introduction.trimEnd(),
    chapter('Top level', manifestFields, 'All keys are optional. An empty manifest is valid.'),
    ...topLevelMaps().map(([key, field]) => chapter(key, fieldsOf(field.kind) ?? {}, field.help)),
    ...chapters.map(([title, fields, about]) => chapter(title, fields, about)),
  ].join('\n\n');
}

/** The other maps of the top level get a chapter, too: `network:`, `control:`, `budgets:`. */
function topLevelMaps(): [string, Field][] {
  const known = new Set<unknown>(chapters.map(([, fields]) => fields));
  return Object.entries<Field>(manifestFields).filter(([key, { kind }]) => {
    const fields = fieldsOf(kind);
    return fields && !known.has(fields) && key !== 'trust';
  });
}

function fieldsOf(kind: Kind): Fields | undefined {
  if (kind.kind === 'list' || kind.kind === 'map') return fieldsOf(kind.of);
  if (kind.kind === 'either') return kind.of.map(fieldsOf).find((fields) => fields !== undefined);
  // Entries of all sections are in one chapter.
  if (kind === manifestFields.onboot.kind.of || kind === manifestFields.services.kind.of) return entryFields;
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
    ['Only in', field.only && (field.only === 'services' ? '`services`' : '`onboot` and `onshutdown`')],
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
  return (
    chapters.some(([, known]) => known === fields) || topLevelMaps().some(([, field]) => field.kind === kind)
  );
}

function exampleOf(key: string, example: unknown): string {
  const yaml = stringify({ [key]: example }, { lineWidth: 0, collectionStyle: 'any' });
  return `\`\`\`yaml\n${yaml}\`\`\``;
}

/** The keys of a nested map as one table; maps inside it are flattened: `memory.limit`. */
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
  return ['| Key | Type | Meaning |', '|---|---|---|', ...lines].join('\n');
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
  return kindText(kind).replace(/^an? /, '');
}

function plural(kind: Kind): string {
  if (kind.kind === 'record') return 'maps';
  if (kind.kind === 'string' && kind.expected === undefined) return 'strings';
  return kind.kind === 'either' ? kind.of.map(plural).join(' or ') : `items, each ${kindText(kind)}`;
}
