/** A shared store over HTTP: `GET` and `PUT`, as nginx with WebDAV, bazel-remote and static hosts speak them. */
import { messageOf } from '../errors.ts';
import { contentLimits, type SharedStore, type StorePart } from './store.ts';

/** Bounds of one request. */
export type Limits = {
  /** Milliseconds until an answer begins. */
  readonly answer: number;
  /** Milliseconds until it has ended; ten times as long for code and data, which may be large. */
  readonly end: number;
  /** Bytes that it may have. */
  readonly bytes: Readonly<Record<StorePart, number>>;
};

const defaultLimits: Limits = { answer: 10_000, end: 60_000, bytes: contentLimits };

/** Why a request failed: that of `fetch failed` stands in its cause. */
function requestReason(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.message || cause?.code || messageOf(error);
}

/** The header that proves the right to write: `name:password` is HTTP's basic scheme, anything else a bearer token. */
const authorization = (token: string): string =>
  token.includes(':') ? `Basic ${Buffer.from(token).toString('base64')}` : `Bearer ${token}`;

/** The bytes of an answer. Throws if it has more than `limit`. */
async function bodyOf(response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limit) throw new Error(`its answer has more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** The store at `url`; with a token it may be written. Redirections are followed. */
export function httpStore(url: URL, token: string | undefined, limits: Limits = defaultLimits): SharedStore {
  const base = url.href.replace(/\/*$/, '/');

  /** Sends a request, and hands its answer to `read` within the limits. */
  async function request<T>(
    part: StorePart,
    key: string,
    init: RequestInit,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    const late = (limit: number) => abort.abort(new Error(`no answer within ${limit / 1000} s`));
    // What is sent may take its time.
    const answer = init.method === 'PUT' ? undefined : setTimeout(() => late(limits.answer), limits.answer);
    const last = part === 'cas' ? 10 * limits.end : limits.end;
    const end = setTimeout(() => late(last), last);
    try {
      const response = await fetch(`${base}${part}/${key}`, { ...init, signal: abort.signal });
      clearTimeout(answer);
      return await read(response);
    } catch (error) {
      throw new Error(requestReason(abort.signal.aborted ? abort.signal.reason : error), { cause: error });
    } finally {
      clearTimeout(answer);
      clearTimeout(end);
    }
  }

  /** Throws the status of an answer that is no success. */
  async function checkStatus(response: Response): Promise<void> {
    if (response.ok) return;
    await response.body?.cancel();
    // The words are the server's own: nothing in them may steer a terminal.
    throw new Error(`${response.status} ${response.statusText.replace(/[^ -~]/gu, '')}`.trim());
  }

  return {
    address: url.href.replace(/\/*$/, ''),
    writable: token !== undefined,
    get: (part, key) =>
      request(part, key, {}, async (response) => {
        if (response.status === 404 || response.status === 410) {
          await response.body?.cancel();
          return undefined;
        }
        await checkStatus(response);
        return bodyOf(response, limits.bytes[part]);
      }),
    put: (part, key, content) =>
      request(
        part,
        key,
        {
          method: 'PUT',
          body: Buffer.from(content),
          headers: token === undefined ? {} : { authorization: authorization(token) },
        },
        async (response) => {
          await checkStatus(response);
          await response.body?.cancel();
        },
      ),
  };
}
