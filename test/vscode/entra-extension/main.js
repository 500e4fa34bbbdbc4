/** Answers the extension host's requests to Microsoft Entra, in its recorded shapes: a code that somebody enters once the test says so, and an app with its secret. */

const { writeDownFindings, writeDownMessages } = require('./spy');
const { follow, note } = require('./told');

/** Worldwide, and the clouds of the US Government. */
const hosts = new Set(['login.microsoftonline.com', 'login.microsoftonline.us']);
const tenant = '99999999-9999-4999-8999-999999999999';

/** What is held to be secret: in every token, every error, and the app's own. */
let canary = '';
/** What the person, the administrator and Entra decided by now. */
const decided = { granted: [], roles: [], entered: false, revoked: false };

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims) => `${part({ typ: 'JWT', alg: 'none' })}.${part({ ...claims, canary })}.${canary}`;
const answer = (status, body) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const refusal = (code, error) =>
  answer(error === 'invalid_client' ? 401 : 400, {
    error,
    error_description: `AADSTS${code}: Recorded. Trace ID: ${canary}`,
    error_codes: [code],
  });

let codes = 0;
let asked = [];

function configuration({ host, pathname }) {
  const base = `https://${host}/${pathname.split('/')[1]}`;
  return answer(200, {
    issuer: `https://${host}/${tenant}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
}

/** What a person gets: everything that is granted, whatever was asked for. */
function delegated({ host }, graph) {
  const scp = decided.granted.join(' ');
  const now = Math.floor(Date.now() / 1000);
  const id = {
    aud: 'app',
    iss: `https://${host}/${tenant}/v2.0`,
    iat: now,
    exp: now + 3600,
    oid: 'ada',
    sub: 'ada',
    tid: tenant,
    ver: '2.0',
  };
  return answer(200, {
    token_type: 'Bearer',
    scope: scp
      .split(' ')
      .map((name) => `${graph}/${name}`)
      .join(' '),
    expires_in: 3600,
    access_token: token({ scp, tid: tenant }),
    refresh_token: canary,
    id_token: token(id),
    client_info: part({ uid: 'ada', utid: tenant }),
  });
}

function tokenFor(url, form) {
  const grant = form.get('grant_type');
  const scopes = (form.get('scope') ?? '').split(' ').map((scope) => scope.replace(/^https:\/\/[^/]+\//, ''));
  const graph = /https:\/\/[^/\s]+(?=\/\.default)/.exec(form.get('scope') ?? '')?.[0] ?? 'https://graph.microsoft.com';
  note({ grant, scopes, graph, hasSecret: form.has('client_secret') });
  if (grant === 'client_credentials') {
    if (form.get('client_secret') !== canary) return refusal(7000215, 'invalid_client');
    return answer(200, {
      token_type: 'Bearer',
      expires_in: 3600,
      access_token: token({ idtyp: 'app', roles: decided.roles, tid: tenant }),
    });
  }
  if (grant === 'refresh_token') return decided.revoked ? refusal(50173, 'invalid_grant') : delegated(url, graph);
  if (!decided.entered) return refusal(70016, 'authorization_pending');
  decided.granted.push(...asked.filter((name) => /^[A-Z]/.test(name)));
  asked = [];
  return delegated(url, graph);
}

function entra(url, body) {
  if (url.pathname.endsWith('/openid-configuration')) return configuration(url);
  const form = new URLSearchParams(body);
  if (url.pathname.endsWith('/devicecode')) {
    asked = (form.get('scope') ?? '').split(' ').map((scope) => scope.replace(/^https:\/\/[^/]+\//, ''));
    note({ code: ++codes, scopes: asked, client: form.get('client_id'), at: url.host + url.pathname.replace(/\/oauth2.*/, '') });
    return answer(200, {
      user_code: `CODE-${codes}`,
      device_code: canary,
      verification_uri: 'https://microsoft.com/devicelogin',
      expires_in: 900,
      interval: 1,
      message: 'not shown',
    });
  }
  return tokenFor(url, form);
}

exports.activate = (context) => {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(typeof input === 'string' ? input : (input.url ?? input.href));
    if (!hosts.has(url.hostname)) return real(input, init);
    init?.signal?.throwIfAborted();
    return entra(url, String(init?.body ?? ''));
  };
  context.subscriptions.push(writeDownFindings(note));
  writeDownMessages();
  const doing = {
    secret: ({ text }) => (canary = text),
    decide: (told) => Object.assign(decided, told),
    /** As if it had crashed: VS Code starts another. It lets no extension end it in any other way. */
    exit: () => setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300),
  };
  follow(
    context,
    ({ what, ...told }) => doing[what](told),
    ({ what }) => what === 'secret' || what === 'decide',
  );
};
