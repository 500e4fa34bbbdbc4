/** Shows the code of a sign-in: a notification with Cancel while somebody signs in, and a button that takes them there. */
import { env, ProgressLocation, Uri, window } from 'vscode';
import type { DeviceCode } from '../../../server/src/identity/delegated';
import type { Prompt } from './code-way';
import { type SignInApp, tenantOf } from './provider';
import { words } from './words';

/** Shows the code while the body waits; Cancel stops it at once. */
export async function withCodePrompt<T>(app: SignInApp, body: (prompt: Prompt) => Promise<T>): Promise<T> {
  const title = words.signingIn(app.name, app.clientId, tenantOf(app));
  return window.withProgress({ location: ProgressLocation.Notification, cancellable: true, title }, (progress, cancellation) => {
    const controller = new AbortController();
    cancellation.onCancellationRequested(() => controller.abort(new Error('cancelled')));
    const onCode = (code: DeviceCode) => {
      const [address, userCode] = [clean(code.address), clean(code.userCode)];
      progress.report({ message: words.enterCode(address, userCode, Math.max(1, Math.floor(code.seconds / 60))) });
      void offer(address, userCode);
    };
    return body({ onCode, signal: controller.signal });
  });
}

async function offer(address: string, userCode: string): Promise<void> {
  const chosen = await window.showInformationMessage(words.code(userCode), words.copyAndOpen(), words.copyCode());
  if (!chosen) return;
  await env.clipboard.writeText(userCode);
  // Only a page of the web is opened, whatever answered.
  if (chosen === words.copyAndOpen() && /^https:\/\//i.test(address)) await env.openExternal(Uri.parse(address));
}

/** A server's text could hold anything. */
function clean(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, 200);
}
