import { createServer } from 'node:http';
import sharp from 'sharp';

createServer(async (_request, response) => {
  const image = sharp({ create: { width: 8, height: 4, channels: 3, background: 'red' } });
  const { format, width, height } = await sharp(await image.png().toBuffer()).metadata();
  response.end(`${format} ${width}x${height}`);
}).listen(8002);
