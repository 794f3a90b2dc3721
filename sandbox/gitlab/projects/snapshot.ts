import { Readable } from "node:stream";

const BLOCK = 512;
const CHUNK = 64 * 1024;
const MODE = "0000644";

/** An uncompressed tar archive of a repository whose one pack has this many bytes. */
export function snapshotOf(branch: string, packBytes: number): Readable {
  return Readable.from(archive(branch, packBytes));
}

function* archive(branch: string, packBytes: number): Generator<Buffer> {
  const head = Buffer.from(`ref: refs/heads/${branch}\n`);
  yield header("HEAD", head.length);
  yield padded(head);
  yield header("objects/pack/pack-1.pack", packBytes);
  for (let left = packBytes; left > 0; left -= CHUNK) yield Buffer.alloc(Math.min(CHUNK, left), 0x5a);
  yield Buffer.alloc((BLOCK - (packBytes % BLOCK)) % BLOCK);
  yield Buffer.alloc(2 * BLOCK);
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

// One file's header as POSIX describes it (ustar); the checksum counts its own field as blanks.
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number): string => `${value.toString(8).padStart(11, "0")}\0`;
  block.write(name, 0);
  block.write(`${MODE}\0`, 100);
  block.write(`${"0".repeat(7)}\0`.repeat(2), 108);
  block.write(octal(size) + octal(0), 124);
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
