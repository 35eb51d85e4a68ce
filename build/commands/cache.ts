import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { program } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { addExport, addImport } from './cache/archives.ts';
import { addList } from './cache/list.ts';
import { addPull, addPush } from './cache/registries.ts';
import { addClean, addGarbage, addRemove } from './cache/remove.ts';

/** `kit cache ls|pull|push|import|export|rm|gc|clean`. */
export function verb(context: Context): KitCommand {
  const command = program('cache', context)
    .description(
      'Manage the cache of images, layers, tools and downloads. Everything in it can be recreated.',
    )
    .withExamples(examples);
  for (const add of [addList, addPull, addPush, addImport, addExport, addRemove, addGarbage, addClean]) {
    add(command, context);
  }
  return command;
}

const examples: Examples = {
  rows: [
    ['kit cache ls', 'list the images, and the disk usage of the cache'],
    ['kit cache pull redis:7 ghcr.io/me/x:1', 'download images from registries'],
    ['kit cache push --remote-name localhost:5000/x:1 redis:7'],
    ['docker save me/x:1 | kit cache import -', 'import an image from Docker'],
    ['kit cache import --name me/root rootfs.tar.gz', 'import a file system as an image with one layer'],
    ['kit cache export --format docker -o - redis:7 | docker load'],
    ['kit cache rm kit/sshd:3f2a9c…', 'remove an image'],
    ['kit cache gc', 'remove what no image needs any more'],
    ['kit cache clean', 'remove everything'],
  ],
  notes: `
KIT_CACHE sets the folder of the cache.`,
};
