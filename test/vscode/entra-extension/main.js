/** Answers the extension host's requests to Microsoft Entra, in its recorded shapes: a code that somebody enters once a file says so, and an app with its secret. */

const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { languages } = require('vscode');

const host = 'login.microsoftonline.com';
const tenant = '99999999-9999-4999-8999-999999999999';
const folder = process.env.M365_SCOPES_TEST_ENTRA ?? '';
const canary = process.env.M365_SCOPES_TEST_CANARY ?? '';

/** Every request, for the test to read; never a token. */
const note = (line) => appendFileSync(join(folder, 'journal.jsonl'), `${JSON.stringify(line)}\n`);
/** What the person, the administrator and Entra decided by now: one file each. */
const decided = (name) => existsSync(join(folder, name));
const namesIn = (name) => (decided(name) ? readFileSync(join(folder, name), 'utf8').split(/\s+/).filter(Boolean) : []);

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

function configuration(path) {
  const base = `https://${host}/${path.split('/')[1]}`;
  return answer(200, {
    issuer: `https://${host}/${tenant}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
}

/** What a person gets: everything that is granted, whatever was asked for. */
function delegated() {
  const scp = namesIn('granted').join(' ');
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
      .map((name) => `https://graph.microsoft.com/${name}`)
      .join(' '),
    expires_in: 3600,
    access_token: token({ scp, tid: tenant }),
    refresh_token: canary,
    id_token: token(id),
    client_info: part({ uid: 'ada', utid: tenant }),
  });
}

function tokenFor(form) {
  const grant = form.get('grant_type');
  const scopes = (form.get('scope') ?? '').split(' ').map((scope) => scope.replace(/^https:\/\/[^/]+\//, ''));
  note({ grant, scopes, hasSecret: form.has('client_secret') });
  if (grant === 'client_credentials') {
    if (form.get('client_secret') !== canary) return refusal(7000215, 'invalid_client');
    return answer(200, {
      token_type: 'Bearer',
      expires_in: 3600,
      access_token: token({ idtyp: 'app', roles: namesIn('roles'), tid: tenant }),
    });
  }
  if (grant === 'refresh_token') return decided('revoked') ? refusal(50173, 'invalid_grant') : delegated();
  if (!decided('entered')) return refusal(70016, 'authorization_pending');
  for (const name of asked) if (/^[A-Z]/.test(name)) appendFileSync(join(folder, 'granted'), `${name}\n`);
  asked = [];
  return delegated();
}

function entra(url, body) {
  if (url.pathname.endsWith('/openid-configuration')) return configuration(url.pathname);
  const form = new URLSearchParams(body);
  if (url.pathname.endsWith('/devicecode')) {
    asked = (form.get('scope') ?? '').split(' ').map((scope) => scope.replace(/^https:\/\/[^/]+\//, ''));
    note({ code: ++codes, scopes: asked, client: form.get('client_id'), at: url.pathname.split('/')[1] });
    return answer(200, {
      user_code: `CODE-${codes}`,
      device_code: canary,
      verification_uri: 'https://microsoft.com/devicelogin',
      expires_in: 900,
      interval: 1,
      message: 'not shown',
    });
  }
  return tokenFor(form);
}

exports.activate = (context) => {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(typeof input === 'string' ? input : (input.url ?? input.href));
    if (url.hostname !== host) return real(input, init);
    init?.signal?.throwIfAborted();
    return entra(url, String(init?.body ?? ''));
  };
  const codeOf = ({ code }) => (typeof code === 'object' ? code.value : code);
  context.subscriptions.push(
    languages.onDidChangeDiagnostics(() => {
      const found = languages.getDiagnostics().flatMap(([, list]) => list.filter((diagnostic) => codeOf(diagnostic) === 'not-consented'));
      const names = found.map(({ message }) => /(?:asks for|uses) (\S+?),? (?:which|as)/.exec(message)?.[1] ?? message).sort();
      appendFileSync(join(folder, 'findings.jsonl'), `${JSON.stringify(names)}\n`);
    }),
  );
};
