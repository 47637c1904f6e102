import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { downloadArchive } from '../../src/datasets/download';
import { readFolder } from '../../src/datasets/folder';
import { idxLabels, packedNames, temporaryFolder, tinyArchive, writePacked } from './archive_files';

const { archive, content } = tinyArchive();
const names = packedNames(archive).sort();
let server: Server;
let address = '';
let requests: string[] = [];

/** One server, a folder for each way a mirror can behave. */
const behaviour: Record<string, RequestListener> = {
  good: (request, response) => response.end(packed(request.url)),
  unpacked: (request, response) => response.end(content.get(nameOf(request.url))),
  gone: (_, response) => response.writeHead(404).end('not here'),
  page: (_, response) => response.end('<html>sign in first</html>'),
  wrong: (_, response) => response.end(gzipSync(idxLabels(10).fill(3, 8))),
  silent: () => {},
  stalling: (request, response) => {
    response.write(packed(request.url).subarray(0, 20));
  },
  broken: (request, response) => {
    const body = packed(request.url);
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  },
  short: (request, response) => {
    const body = packed(request.url);
    response.end(body.subarray(0, body.length - 10));
  },
};

before(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    behaviour[(request.url ?? '').split('/')[1]](request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

function nameOf(url = ''): string {
  return url.split('/')[2].replace('.gz', '');
}

function packed(url = ''): Buffer {
  return gzipSync(content.get(nameOf(url)) as Buffer);
}

async function download(folder: string, ...mirrors: string[]): Promise<string[]> {
  const log: string[] = [];
  requests = [];
  const options = { mirrors: mirrors.map((name) => `${address}/${name}`), patience: 200 };
  await downloadArchive(folder, archive, { ...options, log: (line) => log.push(line) });
  return log;
}

test('a whole set arrives and can be read', async () => {
  const folder = temporaryFolder();
  const log = await download(folder, 'good');
  assert.deepEqual(readdirSync(folder).sort(), names);
  assert.equal(readFolder(folder, archive).train.count, 20);
  assert.equal(log.length, 4);
  assert.match(log[0], /checksum right/);
});

test('a server that unpacks on the way is understood', async () => {
  const folder = temporaryFolder();
  await download(folder, 'unpacked');
  assert.ok(existsSync(join(folder, archive.trainImages.name)));
  assert.equal(readFolder(folder, archive).test.count, 10);
});

const faulty: [string, RegExp][] = [
  ['gone', /HTTP status 404/],
  ['page', /not an IDX file/],
  ['wrong', /the content is not the original's/],
  ['silent', /no answer for 0.2 s/],
  ['stalling', /no answer for 0.2 s/],
  ['broken', /terminated|closed/],
  ['short', /cut short/],
];

for (const [mirror, message] of faulty) {
  test(`mirror "${mirror}": nothing is left behind and the next one is asked`, async () => {
    const alone = temporaryFolder();
    await assert.rejects(download(alone, mirror), /no mirror serves t10k-labels-idx1-ubyte.gz/);
    assert.deepEqual(readdirSync(alone), []);
    const folder = temporaryFolder();
    const log = await download(folder, mirror, 'good');
    assert.match(log[0], message);
    assert.equal(log.length, 5, 'a mirror that failed is not asked again');
    assert.deepEqual(readdirSync(folder).sort(), names);
  });
}

test('a server that cannot be reached is a reason, too', async () => {
  const log: string[] = [];
  const options = { mirrors: ['http://127.0.0.1:1'], log: (line: string) => log.push(line) };
  await assert.rejects(downloadArchive(temporaryFolder(), archive, options), /no mirror serves/);
  assert.match(log[0], /127\.0\.0\.1:1\/t10k-labels.*(ECONNREFUSED|bad port)/);
});

test('only what is missing is fetched', async () => {
  const folder = temporaryFolder();
  const some = [...content].filter(([name]) => name.startsWith('train'));
  writePacked(folder, new Map(some));
  await download(folder, 'good');
  assert.deepEqual(requests.sort(), ['/good/t10k-images-idx3-ubyte.gz', '/good/t10k-labels-idx1-ubyte.gz']);
});
