// A picture carries the hash of the model it shows, so that a check can tell an old picture without comparing pixels.

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const KEYWORD = 'Model-SHA-256';

const SIGNATURE_LENGTH = 8;

/** Hash of a model's text. */
export function hashOf(text) {
  return createHash('sha256').update(text).digest('hex');
}

/** The PNG with the hash in a text chunk before its end. Source: PNG specification, 11.3.4.3 tEXt. */
export function stamp(png, hash) {
  const end = png.length - 12;
  const data = Buffer.from(`tEXt${KEYWORD}\0${hash}`, 'latin1');
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4, 0);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  return Buffer.concat([ png.subarray(0, end), chunk, png.subarray(end) ]);
}

/** The hash in a stamped PNG, or undefined. */
export function stampOf(png) {
  for (let at = SIGNATURE_LENGTH; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const [ keyword, text ] = png.toString('latin1', at + 8, at + 8 + png.readUInt32BE(at)).split('\0');
    if (png.toString('latin1', at + 4, at + 8) === 'tEXt' && keyword === KEYWORD) {
      return text;
    }
  }
  return undefined;
}
