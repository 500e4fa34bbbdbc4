/** Sends msal's requests, and keeps what msal drops: the whole of an error answer, whether the host was reached, and a way to stop at once. */
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** An error as Entra answers it. Its description may hold names of people: it is never shown as it is. */
export interface ServerError {
  readonly error?: string;
  readonly description?: string;
  readonly suberror?: string;
  readonly claims?: string;
}

/** Why nothing came of a request, and at which host. */
export interface Trouble {
  readonly kind: 'unreachable' | 'strange';
  readonly host: string;
}

/** What went on in one sign-in. */
export interface Network {
  readonly client: INetworkModule;
  /** Forgets the last sign-in; requests of the next one end with the signal. */
  readonly begin: (signal: AbortSignal | undefined) => void;
  readonly lastError: () => ServerError | undefined;
  /** The host that could not be reached, or whose answer is none: that of a proxy, or of a server in trouble. */
  readonly trouble: () => Trouble | undefined;
}

/** The protocol's word for "ask less often", which msal takes for the end, and by how much. */
const slowDown = { error: 'slow_down', milliseconds: 5_000 };
const timeoutMilliseconds = 30_000;

/** Makes a network for one application of msal. */
export function createNetwork(): Network {
  let signal: AbortSignal | undefined;
  let last: ServerError | undefined;
  let trouble: Trouble | undefined;

  const send = async <T>(url: string, init: RequestInit): Promise<NetworkResponse<T>> => {
    signal?.throwIfAborted();
    const limit = AbortSignal.timeout(timeoutMilliseconds);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, limit]) : limit });
      text = await response.text();
    } catch (error) {
      if (!signal?.aborted) trouble = { kind: 'unreachable', host: new URL(url).host };
      throw error;
    }
    const body = toObject(text);
    last = errorOf(body) ?? last;
    if (Object.keys(body).length === 0 || response.status >= 500) trouble = { kind: 'strange', host: new URL(url).host };
    const isTooOften = body.error === slowDown.error;
    if (isTooOften) await pause(slowDown.milliseconds, signal);
    return {
      headers: Object.fromEntries(response.headers),
      body: (isTooOften ? { ...body, error: 'authorization_pending' } : body) as T,
      status: response.status,
    };
  };

  return {
    client: {
      sendGetRequestAsync: (url, options) => send(url, { method: 'GET', headers: headersOf(options) }),
      sendPostRequestAsync: (url, options) => send(url, { method: 'POST', headers: headersOf(options), body: options?.body ?? '' }),
    },
    begin: (next) => {
      signal = next;
      last = undefined;
      trouble = undefined;
    },
    lastError: () => last,
    trouble: () => trouble,
  };
}

function headersOf(options: NetworkRequestOptions | undefined): Record<string, string> {
  return options?.headers ?? {};
}

/** An answer that is no JSON, such as the page of a proxy, is an answer without anything in it. */
function toObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function errorOf(body: Readonly<Record<string, unknown>>): ServerError | undefined {
  const text = (name: string) => (typeof body[name] === 'string' && body[name] !== '' ? (body[name] as string) : undefined);
  const error = text('error');
  if (error === undefined || error === 'authorization_pending' || error === slowDown.error) return undefined;
  const [description, suberror, claims] = [text('error_description'), text('suberror'), text('claims')];
  return { error, ...(description && { description }), ...(suberror && { suberror }), ...(claims && { claims }) };
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
