/**
 * GET by the modules of Node, through the proxy that the environment names: the fetch of Node 20 knows no proxies.
 */
import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';

/** Redirections that are followed. */
const MOST_HOPS = 5;

/**
 * The answer to a GET, its body still to be read.
 * @throws Error if there is none, or its status is not 200
 */
export async function get(address: string, signal: AbortSignal): Promise<IncomingMessage> {
  let url = new URL(address);
  for (let hop = 0; hop <= MOST_HOPS; hop++) {
    if (!isHttp(url)) throw new Error(`not an address of HTTP: ${url.href}`);
    const answer = await ask(url, signal);
    const { statusCode = 0, headers } = answer;
    if (statusCode === 200) return answer;
    answer.resume();
    if (statusCode < 300 || statusCode > 399 || !headers.location)
      throw new Error(`HTTP status ${statusCode}`);
    const next = new URL(headers.location, url);
    if (url.protocol === 'https:' && next.protocol !== 'https:')
      throw new Error(`sent on to ${next.href}, which is not encrypted`);
    url = next;
  }
  throw new Error(`sent on more than ${MOST_HOPS} times`);
}

async function ask(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const proxy = proxyOf(url);
  if (url.protocol === 'http:' && proxy)
    return answerTo(plainRequest, {
      ...placeOf(proxy),
      path: url.href,
      headers: { ...login(proxy), host: url.host },
      signal,
    });
  if (url.protocol === 'http:') return answerTo(plainRequest, { ...placeOf(url), signal });
  const socket = proxy && (await tunnel(url, proxy, signal));
  const through = socket && {
    agent: undefined,
    headers: { host: url.host },
    createConnection: () => connect({ socket, servername: url.hostname }),
  };
  return answerTo(secureRequest, { ...placeOf(url), ...through, signal });
}

/** Host, port and path as requests want them; no connection is kept for later. */
function placeOf({ hostname, port, pathname, search }: URL): RequestOptions {
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port, path: `${pathname}${search}`, agent: false };
}

function answerTo(request: typeof plainRequest, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(options, resolve).on('error', reject).end();
  });
}

/** A connection to the host of `url` that the proxy passes on byte by byte. */
function tunnel(url: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const request = proxy.protocol === 'https:' ? secureRequest : plainRequest;
  const headers = { ...login(proxy), host: target };
  return new Promise((resolve, reject) => {
    request({ ...placeOf(proxy), method: 'CONNECT', path: target, headers, signal })
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) return resolve(socket);
        socket.destroy();
        reject(new Error(`the proxy ${proxy.host} answers with HTTP status ${statusCode}`));
      })
      .on('error', reject)
      .end();
  });
}

function login({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const words = [username, password].map(decodeURIComponent).join(':');
  return { 'proxy-authorization': `Basic ${Buffer.from(words).toString('base64')}` };
}

/**
 * The proxy for an address, as curl chooses it: HTTPS_PROXY or HTTP_PROXY by the address's protocol, else ALL_PROXY,
 * unless NO_PROXY names the host or a domain that it belongs to; in small letters or capitals.
 * @throws Error if the variable does not hold the address of an HTTP proxy
 */
export function proxyOf({ protocol, hostname }: URL, env: NodeJS.ProcessEnv = process.env): URL | undefined {
  const variable = (name: string) => env[name] || env[name.toUpperCase()];
  const exceptions = (variable('no_proxy') ?? '')
    .split(/[\s,]+/)
    .map((name) => name.replace(/^\*?\.|:\d+$/g, ''));
  const isExempt = (name: string) => name === '*' || (name !== '' && `.${hostname}`.endsWith(`.${name}`));
  const given = variable(`${protocol.slice(0, -1)}_proxy`) || variable('all_proxy');
  if (!given || exceptions.some(isExempt)) return undefined;
  const proxy = parsed(/^\w+:\/\//.test(given) ? given : `http://${given}`);
  // Its value may hold a password.
  if (!proxy || !isHttp(proxy))
    throw new Error('the proxy in the environment is not the address of an HTTP proxy');
  return proxy;
}

function isHttp({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
