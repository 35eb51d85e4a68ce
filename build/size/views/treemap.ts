import { sizeText } from '../../host/table.ts';
import { escapedXml } from '../../host/xml.ts';
import type { SizedPart, SizeReport } from '../report.ts';
import { type Rectangle, squarify } from './squarify.ts';

const page = { width: 1200, height: 700 } as const;
/** Of a part's title above its files. */
const titleHeight = 18;
/** Smaller files of a part are one rectangle, which nobody could tell apart. */
const leastArea = 60;

type Measure = 'bytes' | 'unpackedBytes';

/**
 * A page with two maps, of stored and of unpacked bytes: one rectangle for each part, and in it one for each
 * file. It has no script, and loads nothing; names are texts, whatever is in them.
 */
export function treemapPage(report: SizeReport): string {
  const title = `${report.subject}: ${sizeText(report.bytes)}, ${sizeText(report.unpackedBytes)} unpacked`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapedXml(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body { font: 13px sans-serif; margin: 16px; color: #222 }
h1 { font-size: 16px; margin: 0 0 8px }
svg { display: none; margin-top: 8px; max-width: 100%; height: auto }
#stored:checked ~ .stored, #unpacked:checked ~ .unpacked { display: block }
</style></head><body>
<h1>${escapedXml(title)}</h1>
<input type="radio" name="map" id="stored" checked><label for="stored">as stored</label>
<input type="radio" name="map" id="unpacked"><label for="unpacked">unpacked</label>
${treemapSvg(report, 'bytes', 'stored')}
${treemapSvg(report, 'unpackedBytes', 'unpacked')}
</body></html>
`;
}

/** The map alone. @param name its class */
export function treemapSvg({ subject, parts }: SizeReport, measure: Measure, name: string): string {
  const shown = parts.filter((part) => part[measure] > 0).toSorted((a, b) => b[measure] - a[measure]);
  const rectangles = squarify(
    shown.map((part) => part[measure]),
    { x: 0, y: 0, ...page },
  );
  const size = `width="${page.width}" height="${page.height}" viewBox="0 0 ${page.width} ${page.height}"`;
  const font = 'font-family="sans-serif" font-size="11"';
  const drawn = shown.map((part, at) => partMap(part, rectangles[at], measure, colours[at % colours.length]));
  return `<svg xmlns="http://www.w3.org/2000/svg" class="${name}" ${size} ${font}>
<title>${escapedXml(subject)}</title>
<rect width="100%" height="100%" fill="#fff"/>
${drawn.join('\n')}
</svg>`;
}

const colours = ['#a6cee3', '#b2df8a', '#fdbf6f', '#cab2d6', '#fb9a99', '#ffe08a', '#9fd8cb', '#d9c7a8'];

function partMap(part: SizedPart, outer: Rectangle | undefined, measure: Measure, colour = '#ddd'): string {
  if (!outer) return '';
  const hasTitle = outer.height > 2 * titleHeight && outer.width > 40;
  const head = hasTitle ? titleHeight : 0;
  const inner = { ...outer, y: outer.y + head, height: outer.height - head };
  const files = drawnFiles(part, measure, (inner.width * inner.height) / Math.max(part[measure], 1));
  const rectangles = squarify(
    files.map(({ bytes }) => bytes),
    inner,
  );
  const title = `${part.title}  ${sizeText(part[measure])}`;
  return [
    `<g>${box(outer, colour, '#666', title)}`,
    ...(hasTitle ? [label(title, { ...outer, height: titleHeight }, 'font-weight="bold"')] : []),
    ...files.map(({ text, bytes }, at) => fileBox(rectangles[at], `${text}  ${sizeText(bytes)}`)),
    '</g>',
  ].join('\n');
}

/** Files that can be seen, then one rectangle for all the others and for the tables of the file system. */
function drawnFiles(part: SizedPart, measure: Measure, scale: number): { text: string; bytes: number }[] {
  const sorted = part.files.toSorted((a, b) => b[measure] - a[measure]);
  const seen = sorted.filter((file) => file[measure] * scale >= leastArea);
  if (seen.length === 0) return [];
  const left = part[measure] - seen.reduce((sum, file) => sum + file[measure], 0);
  const others = left > 0 ? [{ text: `${sorted.length - seen.length} others, and tables`, bytes: left }] : [];
  const files = seen.map((file) => ({ text: file.path, bytes: file[measure] }));
  return [...files, ...others].toSorted((a, b) => b.bytes - a.bytes);
}

const fileBox = (rectangle: Rectangle | undefined, text: string): string =>
  rectangle ? `${box(rectangle, 'none', '#fff', text)}${label(text, rectangle)}` : '';

function box({ x, y, width, height }: Rectangle, fill: string, stroke: string, title: string): string {
  const place = `x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}"`;
  const pointed = fill === 'none' ? ' pointer-events="all"' : '';
  return `<rect ${place} fill="${fill}" stroke="${stroke}"${pointed}><title>${escapedXml(title)}</title></rect>`;
}

/** Characters of this width, on average, in the font of the map. */
const characterWidth = 6;

/** Cut to its rectangle; nothing where no three characters fit. */
function label(text: string, { x, y, width, height }: Rectangle, more = ''): string {
  const room = Math.floor((width - 6) / characterWidth);
  if (room < 3 || height < 13) return '';
  const shown = text.length > room ? `${text.slice(0, room - 1)}…` : text;
  const place = `x="${(x + 4).toFixed(1)}" y="${(y + 12).toFixed(1)}"`;
  return `<text ${place} fill="#222" pointer-events="none"${more ? ` ${more}` : ''}>${escapedXml(shown)}</text>`;
}
