import { escapedXml } from '../../host/xml.ts';
import type { BootBar, BootTimes } from './boot-times.ts';

const [width, left, rowHeight, head] = [760, 150, 22, 34];

const colours: Readonly<Record<BootBar['kind'], string>> = {
  phase: '#3178c6',
  daemon: '#8e6bbf',
  onboot: '#d08a2e',
  service: '#3f9c5a',
};

/**
 * One bar for each phase, container and service, without phases too short to see. The pale beginning of a
 * service's bar is the time until its process ran. One without an end goes on to the right margin.
 */
export function bootSvg(title: string, { bars }: BootTimes): string {
  const end = Math.max(1, ...bars.map(lastMs));
  const shown = bars.filter((bar) => bar.kind !== 'phase' || lastMs(bar) - bar.startMs > end / 200);
  const scale = (width - left - 70) / end;
  const height = head + shown.length * rowHeight + 26;
  const size = `width="${width}" height="${height}"`;
  const font = 'font-family="sans-serif" font-size="12"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${font}><title>${escapedXml(title)}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="10" y="20" font-size="14" fill="#222">${escapedXml(title)}</text>
${grid(end, scale, height)}
${shown.map((bar, row) => drawn(bar, row, scale, end)).join('\n')}
</svg>
`;
}

const lastMs = ({ startMs, startedMs, endMs }: BootBar): number => endMs ?? startedMs ?? startMs;

/** Lines at round seconds, about ten of them. */
function grid(end: number, scale: number, height: number): string {
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300].find((one) => end / 1000 / one <= 10) ?? 3600;
  const seconds = Array.from({ length: Math.floor(end / 1000 / step) + 1 }, (_, index) => index * step);
  const lines = seconds.map((second) => {
    const x = (left + second * 1000 * scale).toFixed(1);
    const line = `<line x1="${x}" y1="${head - 6}" x2="${x}" y2="${height - 20}" stroke="#ddd"/>`;
    const text = Number(second.toFixed(1));
    return `${line}<text x="${x}" y="${height - 7}" fill="#888" text-anchor="middle">${text} s</text>`;
  });
  return lines.join('\n');
}

function drawn(bar: BootBar, row: number, scale: number, end: number): string {
  const y = head + row * rowHeight;
  const stop = bar.endMs ?? end;
  const at = (ms: number): number => left + ms * scale;
  const rectangle = (from: number, to: number, opacity: number): string => {
    const size = `width="${Math.max(2, at(to) - at(from)).toFixed(1)}" height="${rowHeight - 6}"`;
    const fill = `fill="${colours[bar.kind]}" fill-opacity="${opacity}"`;
    return `<rect x="${at(from).toFixed(1)}" y="${y + 2}" ${size} rx="2" ${fill}/>`;
  };
  const began = bar.kind === 'service' ? Math.min(bar.startedMs ?? stop, stop) : bar.startMs;
  const duration = bar.endMs === null ? 'not yet' : `${((stop - bar.startMs) / 1000).toFixed(1)} s`;
  return [
    `<text x="${left - 8}" y="${y + 13}" fill="#222" text-anchor="end">${escapedXml(shortName(bar.name))}</text>`,
    ...(began > bar.startMs ? [rectangle(bar.startMs, began, 0.4)] : []),
    rectangle(began, stop, 1),
    `<text x="${(at(stop) + 5).toFixed(1)}" y="${y + 14}" fill="#666">${duration}</text>`,
  ].join('');
}

const shortName = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name);
